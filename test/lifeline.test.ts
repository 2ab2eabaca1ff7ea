/** What branch and customer processes hear and say on their lifeline, where there is no pm2. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { limits } from '../bank/limits.ts';
import { movedTopic } from '../process/told.ts';
import { turnTopic } from '../process/turn.ts';
import { Lifeline } from '../process/lifeline-server.ts';
import { Bank } from './bank.ts';
import { events, inShort } from './events.ts';
import { scratchFolder } from './scratch.ts';

const turn = { topic: turnTopic } as const;

/** A supervisor without pm2, and a bank that hangs on it. */
class Supervised {
  readonly bank: Bank;
  readonly lifeline: Lifeline;
  private readonly said: { readonly process: string; readonly message: object }[];

  static async open(t: TestContext, branches: number, paceMs = 0): Promise<Supervised> {
    const file = path.join(scratchFolder(t), 'lifeline');
    const said: Supervised['said'] = [];
    const lifeline = await Lifeline.open(file, {
      held: () => {},
      released: () => {},
      said: (process, message) => said.push({ process, message }),
    });
    t.after(() => lifeline.close());
    const bank = await Bank.open(t, { branches, lifeline: file, turns: 'lifeline', paceMs });
    for (const { id } of bank.topology.branches) {
      bank.startBranch(id);
      await bank.serving(id);
    }
    return new Supervised(bank, lifeline, said);
  }

  private constructor(bank: Bank, lifeline: Lifeline, said: Supervised['said']) {
    this.bank = bank;
    this.lifeline = lifeline;
    this.said = said;
  }

  saidBy(process: string): object[] {
    return this.said.filter((one) => one.process === process).map(({ message }) => message);
  }

  /** Waits until the process has said something like this. */
  async until(process: string, message: object): Promise<void> {
    const wanted = JSON.stringify(message);
    while (!this.saidBy(process).some((one) => JSON.stringify(one) === wanted))
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const metrics = (text: string): object => ({
  type: 'axm:monitor',
  data: { Events: { value: text } },
});

/** Started, and waiting for its turn. */
async function waiting(supervised: Supervised, entry: number, customer: number, ...does: string[]) {
  const started = supervised.bank.startVisit(entry, customer, events(...does));
  await supervised.until(`visit-${entry}`, metrics('waits for its turn'));
  return started;
}

test('a customer acts when its lifeline says that it is its turn, and not before', async (t) => {
  const supervised = await Supervised.open(t, 1);
  const { bank, lifeline } = supervised;
  const first = await waiting(supervised, 1, 1, 'query');
  const second = await waiting(supervised, 2, 1, 'withdraw 10');
  for (const [entry, { ended }] of [
    [2, second],
    [1, first],
  ] as const) {
    assert.equal(lifeline.tell(`visit-${entry}`, turn), true);
    assert.equal((await ended).code, 0);
  }
  assert.deepEqual(inShort(bank.results(1)), [390]);
});

test('customers and branches say there what pm2 would show', async (t) => {
  const anHourMs = 60 * 60 * 1_000;
  const supervised = await Supervised.open(t, 1, anHourMs);
  await waiting(supervised, 1, 1, 'withdraw 10', 'query');
  supervised.lifeline.tell('visit-1', turn);
  await supervised.until('visit-1', metrics('1 of 2'));
  const progress = { type: 'tally:progress', data: { done: 1, total: 2 } };
  assert.deepEqual(supervised.saidBy('visit-1').slice(-2), [progress, metrics('1 of 2')]);
  const data = { Balance: { value: 390 }, Version: { value: 1 }, Served: { value: 1 } };
  await supervised.until('branch-1', { type: 'axm:monitor', data });
});

test('a branch reaches a fellow that moved, also with what the old one owes', async (t) => {
  const supervised = await Supervised.open(t, 2);
  const { bank, lifeline } = supervised;
  const before = await waiting(supervised, 1, 1, 'deposit 1');
  lifeline.tell('visit-1', turn);
  await before.ended;
  // Its connections stay up and nothing comes back, as if its machine were cut off.
  bank.pause(2);
  const { ended } = await waiting(supervised, 2, 1, 'deposit 2');
  lifeline.tell('visit-2', turn);
  await bank.until((record) => record.kind === 'call' && record.to === 'branch-2');
  lifeline.tellAll({ topic: movedTopic, branch: bank.move(2) });
  bank.startBranch(2);
  await ended;
  assert.deepEqual(inShort(bank.results(2)), ['success']);
  assert.deepEqual(await bank.settled(), { balance: 403, version: 2 });
});

test('a customer asks again where its branch has moved to', async (t) => {
  const supervised = await Supervised.open(t, 1);
  const { bank, lifeline } = supervised;
  bank.pause(1);
  const { ended } = await waiting(supervised, 1, 1, 'deposit 2');
  lifeline.tell('visit-1', turn);
  await bank.until((record) => record.kind === 'call' && record.process === 'visit-1');
  const branch = bank.move(1);
  bank.startBranch(1);
  await bank.serving(1);
  lifeline.tellAll({ topic: movedTopic, branch });
  await ended;
  assert.deepEqual(inShort(bank.results(1)), ['success']);
  assert.deepEqual(await bank.settled(), { balance: 402, version: 1 });
});

const malformed = [
  {
    title: 'what is no JSON',
    told: 'oops\n',
    says: /a line of 4 letters that is no message: "oops"/,
  },
  {
    title: 'a message that it does not know',
    told: '{"topic":"tally:dinner"}\n',
    says: /a message that it does not know: \{"topic":"tally:dinner"\}/,
  },
  {
    title: 'a line without end',
    told: 'x'.repeat(limits.messageLineLetters + 1),
    says: /a line of 65537 letters that is no message: "x{40}"/,
  },
];

for (const { title, told, says } of malformed) {
  test(`a process that is told ${title} ends, and says so`, async (t) => {
    const server = net.createServer((socket) => socket.on('error', () => {}).end(told));
    const file = path.join(scratchFolder(t), 'lifeline');
    await once(server.listen(file), 'listening');
    t.after(() => server.close());
    const bank = await Bank.open(t, { branches: 1, lifeline: file, turns: 'lifeline' });
    const { code, stderr } = await bank.startBranch(1).ended;
    assert.equal(code, 75);
    assert.match(stderr, new RegExp(`^branch-1 ends: its supervisor told it ${says.source}\\n$`));
  });
}
