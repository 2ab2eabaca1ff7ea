import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToAgent } from '../process/agent-messages.ts';
import { isFailure } from './engine.ts';
import { Ledgers } from './ledgers.ts';
import { Placement } from './placement.ts';
import type { PlannedBranch } from './plan.ts';

const shared = '/shared/a-run';

/** A node that does as it is asked, but for what it is said to be unable to. */
class Host {
  readonly name: string;
  isUp = true;
  isLostSoon = false;
  trouble: Readonly<Record<string, string>> = {};
  readonly done: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  ledgers = async (folder: string, what: string): Promise<string | undefined> => {
    this.done.push(`${what} ${folder}`);
    return this.trouble[what];
  };

  send = async (message: ToAgent): Promise<void> => {
    if (message.type === 'follow') this.done.push(message.file);
  };

  flush = async (): Promise<boolean> => !this.isLostSoon;
}

function bank(folder: string | undefined) {
  const nodes = [new Host('node-1'), new Host('node-2')] as const;
  const branches = nodes.map(({ name: node }, index): PlannedBranch => {
    const process = `branch-${index + 1}`;
    const names = { process, app: process, standardOutput: '', standardError: '' };
    return { ...names, id: index + 1, target: '', balance: 400, node };
  });
  const placement = new Placement(branches);
  return { nodes, placement, ledgers: new Ledgers(nodes, placement, folder) };
}

test('ledgers of their own are brought home from each node', async () => {
  const { nodes, ledgers } = bank(undefined);
  assert.equal(await ledgers.open(), undefined);
  assert.equal(await ledgers.bringHome(), undefined);
  assert.deepEqual(
    nodes.map(({ done }) => done),
    [['ledgers/branch-1.jsonl'], ['ledgers/branch-2.jsonl']],
  );
});

test('shared ledgers, of lost incarnations too, come home from one node and are removed', async () => {
  const { nodes, placement, ledgers } = bank(shared);
  assert.equal(await ledgers.open(), undefined);
  nodes[0].isUp = false;
  placement.move(1, { node: 'node-2', target: '' });
  assert.equal(await ledgers.bringHome(), undefined);
  assert.deepEqual(nodes[0].done, [`make ${shared}`]);
  const files = ['branch-1', 'branch-1.2', 'branch-2'].map((name) => `ledgers/${name}.jsonl`);
  assert.deepEqual(nodes[1].done, [`find ${shared}`, ...files, `remove ${shared}`]);
});

test('a node that does not find the shared folder is named, and the folder goes again', async () => {
  const { nodes, ledgers } = bank(shared);
  nodes[1].trouble = { find: 'ENOENT' };
  const failure = await ledgers.open();
  assert.ok(isFailure(failure));
  assert.match(failure.message, /^node-2 cannot keep ledgers in \/shared\/a-run: ENOENT; /);
  assert.deepEqual(nodes[0].done, [`make ${shared}`, `remove ${shared}`]);
});

type Harm = (ledgers: Ledgers, nodes: readonly Host[]) => void;

const harms: { title: string; harm: Harm; says: RegExp }[] = [
  {
    title: 'no node is left',
    harm: (_, nodes) => {
      for (const node of nodes) node.isUp = false;
    },
    says: /no node is left/,
  },
  {
    title: 'the node is lost meanwhile',
    harm: (_, nodes) => {
      for (const node of nodes) node.isLostSoon = true;
    },
    says: /node-1 was lost before/,
  },
  {
    title: 'they cannot be written at home',
    harm: (ledgers) => ledgers.spoil('the disk is full'),
    says: /the disk is full/,
  },
  {
    title: 'they cannot be removed',
    harm: (_, nodes) => {
      for (const node of nodes) node.trouble = { remove: 'EBUSY' };
    },
    says: /node-1 cannot remove them: EBUSY/,
  },
];

for (const { title, harm, says } of harms) {
  test(`shared ledgers stay where they are, and are named, when ${title}`, async () => {
    const { nodes, ledgers } = bank(shared);
    harm(ledgers, nodes);
    const kept = await ledgers.bringHome();
    assert.match(kept ?? '', /^the ledgers of the run stay in \/shared\/a-run: /);
    assert.match(kept ?? '', says);
    const isRemoved = nodes.some(({ done }) => done.includes(`remove ${shared}`));
    assert.equal(isRemoved, title === 'they cannot be removed');
  });
}
