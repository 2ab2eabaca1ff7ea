/** Machines are lost while customers are at work: the run goes on right, or says why it cannot. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { Started } from '../started.ts';
import { until } from '../until.ts';
import type { ClusterNode } from './configuration.ts';
import { answersIn, finalStates, historyOf, placesIn } from './record.ts';
import { ClusterWorld, goneWithinMs, needsMachines } from './world.ts';

const patienceMs = 120_000;
/** Each customer has a deposit and a query; after each answer there is time to strike while nothing is on its way. */
const shape = { branches: 6, customers: 6, deposits: 1 };
const paceMs = 1_000;

/** What customers are told if nothing is lost and nothing happens twice. */
const expected = Array.from({ length: shape.customers }, (_, index) => ({
  id: index + 1,
  recv: [
    { interface: 'deposit', result: 'success' },
    { interface: 'query', balance: 400 + 10 * (index + 1) },
  ],
}));

/** Branch and customer n are on node n or n - 3; after 3 answers customer 2 is at work. */
const losses = [
  { title: 'the node of the customer at work', nodes: [2] },
  { title: 'two of three nodes', nodes: [1, 3] },
] as const;

for (const { title, nodes } of losses) {
  test(`a run goes on after the loss of ${title}`, needsMachines, async (t) => {
    const { site, run } = await startPaced(t);
    await untilAnswers(site, run, 3);
    const lost = nodes.map((number) => site.node(number));
    for (const node of lost) site.cluster.powerCut(node);
    await assertRight(site, run, lost);
    const living = site.cluster.nodes.filter((node) => !lost.includes(node));
    await site.untilNothingLeft(goneWithinMs, living);
  });
}

test(
  'a node that is cut off ends its own processes, and takes no part when it is back',
  needsMachines,
  async (t) => {
    const { site, run } = await startPaced(t);
    await untilAnswers(site, run, 3);
    const node = site.node(2);
    site.cluster.cutCable(node);
    const isEmpty = (): boolean => site.cluster.processesOn(node).length === 0;
    await until('the end of what is cut off', () => isEmpty() || undefined, patienceMs);
    site.cluster.restoreCable(node);
    await assertRight(site, run, [node]);
    await site.untilNothingLeft(goneWithinMs);
  },
);

test('a run ends where nobody can know what became of an update', needsMachines, async (t) => {
  const { site, run } = await startPaced(t);
  // There is a second, and a query of customer 1, before customer 2 comes.
  await untilAnswers(site, run, 1);
  // Without branch 3 the update of customer 2 stays undecided; then its origin goes as well.
  site.cluster.cutCable(site.node(3));
  const isHeld = (): boolean =>
    historyOf(site.world).some(
      (record) => record.kind === 'prepare' && record.process === 'branch-1' && record.origin === 2,
    );
  await until('an update of branch 2', () => isHeld() || undefined, patienceMs);
  site.cluster.powerCut(site.node(2));
  const { code, stderr } = await run.ended;
  assert.equal(code, 69, stderr);
  for (const name of ['node-2', 'node-3', 'branch-2', 'update 2.1 of branch 2'])
    assert.ok(stderr.includes(name), `${name} in: ${stderr}`);
  assert.equal(site.world.exists('output.json'), false);
  await site.untilNothingLeft(goneWithinMs, [site.node(1)]);
});

test('ledgers that all nodes share outlive a machine, and come home', needsMachines, async (t) => {
  const site = await ClusterWorld.start(t, 3);
  const run = startPacedOn(site, '--ledgers', site.cluster.shared);
  await untilAnswers(site, run, 3);
  const node = site.node(2);
  site.cluster.powerCut(node);
  await assertRight(site, run, [node]);
  const home = fs.readdirSync(site.world.path('runs/latest/ledgers')).toSorted();
  const lost = ['branch-2.2.jsonl', 'branch-5.2.jsonl'];
  const first = [1, 2, 3, 4, 5, 6].map((id) => `branch-${id}.jsonl`);
  assert.deepEqual(home, [...first, ...lost].toSorted());
  assert.deepEqual(fs.readdirSync(site.cluster.shared), []);
  const living = site.cluster.nodes.filter((other) => other !== node);
  await site.untilNothingLeft(goneWithinMs, living);
});

async function startPaced(t: TestContext): Promise<{ site: ClusterWorld; run: Started }> {
  const site = await ClusterWorld.start(t, 3);
  return { site, run: startPacedOn(site) };
}

function startPacedOn(site: ClusterWorld, ...words: readonly string[]): Started {
  const input = site.world.scenario(shape);
  return site.run([input, '-o', 'output.json', '--pace', String(paceMs), ...words]);
}

async function untilAnswers(site: ClusterWorld, run: Started, count: number): Promise<void> {
  const enough = (): boolean =>
    run.child.exitCode !== null || answersIn(historyOf(site.world)) >= count;
  await until(`${count} answers`, () => enough() || undefined, patienceMs);
}

async function assertRight(
  { world }: ClusterWorld,
  run: Started,
  lost: readonly ClusterNode[],
): Promise<void> {
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  for (const { name } of lost) assert.ok(stderr.includes(`${name} is lost`), stderr);
  assert.deepEqual(JSON.parse(world.read('output.json')), expected);
  const history = historyOf(world);
  assert.equal(finalStates(history).length, 1, finalStates(history).join(', '));
  assert.equal(world.runRecord().outcome?.verdict, 'valid');
  const places = [...placesIn(history)].filter(([process]) => process.startsWith('branch-'));
  const misplaced = places.filter(([, node]) => lost.some(({ name }) => name === node));
  assert.deepEqual(misplaced, []);
}
