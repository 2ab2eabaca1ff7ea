/** How branch and customer processes end when they are alone, or must not go on. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { runFiles } from '../bank/topology.ts';
import { Bank, type Started } from './bank.ts';
import { events } from './events.ts';
import { scratchFolder } from './scratch.ts';
import type { Ended } from './started.ts';
import { until } from './until.ts';

const anHourMs = 60 * 60 * 1_000;
const withinMs = 10_000;

/** Resolves when the last that the process sent to whoever started it is this. */
async function untilTold({ messages }: Started, wanted: readonly object[]): Promise<void> {
  const last = (): string => JSON.stringify(messages.slice(-wanted.length));
  await until(
    'the metrics',
    () => (last() === JSON.stringify(wanted) ? true : undefined),
    withinMs,
  );
}

interface Lifeline {
  readonly path: string;
  /** The lines by which children have named themselves. */
  readonly holders: readonly string[];
  readonly cut: () => void;
}

/** The supervisor's end of the lifeline. */
async function openLifeline(t: TestContext): Promise<Lifeline> {
  const sockets = new Set<net.Socket>();
  const holders: string[] = [];
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (line) => holders.push(line.toString()));
  });
  const lifeline = path.join(scratchFolder(t), 'lifeline');
  await new Promise<void>((resolve) => server.listen(lifeline, resolve));
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  t.after(cut);
  return { path: lifeline, holders, cut };
}

function assertSupervisorGone({ code, stderr }: Ended, message: RegExp): void {
  assert.equal(code, 75);
  assert.match(stderr, message);
  assert.equal(stderr.split('\n').length, 2, 'one line');
}

test('a supervisor that dies takes branches and customers along', async (t) => {
  const lifeline = await openLifeline(t);
  // The second branch is never there, so the customer waits.
  const bank = await Bank.open(t, { branches: 2, lifeline: lifeline.path });
  const branch = bank.startBranch(1);
  await bank.serving(1);
  const customer = bank.startVisit(1, 1, events('deposit 1'));
  await bank.until((record) => record.kind === 'prepare');
  assert.deepEqual(lifeline.holders, [
    `{"process":"branch-1","pid":${branch.child.pid}}\n`,
    `{"process":"visit-1","pid":${customer.child.pid}}\n`,
  ]);
  lifeline.cut();
  assertSupervisorGone(await branch.ended, /^branch-1 ends: its supervisor is gone\n$/);
  assertSupervisorGone(await customer.ended, /^visit-1 ends: its supervisor is gone\n$/);
});

test('a child that is started after its run ends before it touches anything', async (t) => {
  const bank = await Bank.open(t, { lifeline: '/no/such/supervisor' });
  const branch = await bank.startBranch(1).ended;
  const customer = await bank.startVisit(1, 1, events('query')).ended;
  const message =
    /ends: its supervisor does not answer at \/no\/such\/supervisor .*the run is over\n$/;
  for (const ended of [branch, customer]) assertSupervisorGone(ended, message);
  for (const name of [runFiles.ledger(1), runFiles.history, runFiles.visitResult(1)])
    assert.equal(bank.exists(name), false, name);
});

test('a branch whose disk is full ends, and says so', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  fs.symlinkSync('/dev/full', bank.path(runFiles.history));
  const { code, stderr } = await bank.startBranch(1).ended;
  assert.equal(code, 70);
  assert.match(stderr, /^branch-1 ends at an error that nobody expected: Error: ENOSPC: /);
});

test('a torn last line of a ledger is dropped', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  await bank.serve();
  await bank.visit(1, 1, events('deposit 1', 'deposit 2'));
  await bank.kill(1);
  await bank.serving(1);
  fs.appendFileSync(bank.path(runFiles.ledger(1)), '{"kind":"prepare","tx":"1.3","ori');
  await bank.kill(1);
  await bank.serving(1);
  assert.deepEqual(await bank.settled(), { balance: 403, version: 2 });
  const kinds = bank.ledger(1).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['open', 'prepare', 'commit', 'prepare', 'commit']);
});

test('a ledger with a changed line is refused with file and line', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  bank.startBranch(1);
  await bank.serving(1);
  await bank.visit(1, 1, events('deposit 1', 'deposit 2'));
  await bank.kill(1);
  const file = bank.path(runFiles.ledger(1));
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"delta":1,', '"delta":9,'));
  const { code, stderr } = await bank.startBranch(1).ended;
  assert.equal(code, 77);
  assert.ok(stderr.startsWith(`branch-1 cannot use its ledger: ${file}:2: `), stderr);
});

test('a customer that is killed goes on behind its last answer', async (t) => {
  const faults = [{ fault: 'kill-customer', entry: 1, event: 2 }] as const;
  const bank = await Bank.open(t, { faults });
  await bank.serve();
  const visit = events('deposit 10', 'withdraw 5', 'query', 'deposit 1');
  const { signal } = await bank.startVisit(1, 1, visit).ended;
  assert.equal(signal, 'SIGKILL');
  const results = await bank.visit(1, 1, visit);
  assert.deepEqual(
    results.map(({ position, result }) => `${position} ${result}`),
    ['1 success', '2 success', '3 balance', '4 success'],
  );
  assert.deepEqual(await bank.settled(), { balance: 406, version: 3 });
  assert.deepEqual(bank.faults(), ['kill-customer of visit-1']);
});

test('a customer whose visit is complete has nothing left to do', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  await bank.serve();
  await bank.visit(1, 1, events('deposit 10'));
  const before = fs.readFileSync(bank.path(runFiles.visitResult(1)), 'utf8');
  await bank.visit(1, 1, events('deposit 10'));
  assert.equal(fs.readFileSync(bank.path(runFiles.visitResult(1)), 'utf8'), before);
  assert.deepEqual(await bank.settled(), { balance: 410, version: 1 });
});

test('a customer that gets no answer in time says unknown, and goes on', async (t) => {
  const deadlines = { customerCallMs: 300, updateMs: 200 };
  const bank = await Bank.open(t, { branches: 1, deadlines });
  const results = await bank.visit(1, 1, events('deposit 1', 'query'));
  for (const { result, detail } of results) {
    assert.equal(result, 'unknown');
    assert.match(detail ?? '', /^branch-1 did not answer (deposit|query): DEADLINE_EXCEEDED: /);
  }
});

test('an update fails when a fellow branch stays away, and queries go on', async (t) => {
  const deadlines = { customerCallMs: 10_000, updateMs: 300 };
  const bank = await Bank.open(t, { deadlines });
  for (const id of [1, 2]) {
    bank.startBranch(id);
    await bank.serving(id);
  }
  const results = await bank.visit(1, 1, events('deposit 1', 'query'));
  const [update, query] = results;
  assert.deepEqual(update?.reason, 'branch-missing');
  assert.match(update?.detail ?? '', /^branch 3 did not acknowledge update 1\.1 in time/);
  assert.deepEqual(query?.balance, 400);
});

test('a process whose starter is gone ends with the same code', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  const { child, ended } = bank.startBranch(1);
  await bank.serving(1);
  child.disconnect();
  assertSupervisorGone(await ended, /^branch-1 ends: whoever started it is gone\n$/);
});

test('branches and customers tell their metrics while they are at work', async (t) => {
  const bank = await Bank.open(t, { branches: 1, balance: 5, paceMs: anHourMs });
  const branch = bank.startBranch(1);
  await bank.serving(1);
  const visit = bank.startVisit(1, 1, events('withdraw 5', 'query'));
  const told = [
    { type: 'tally:progress', data: { done: 1, total: 2 } },
    { type: 'axm:monitor', data: { Events: { value: '1 of 2' } } },
  ];
  const ofBranch = { Balance: { value: 0 }, Version: { value: 1 }, Served: { value: 1 } };
  await untilTold(visit, told);
  await untilTold(branch, [{ type: 'axm:monitor', data: ofBranch }]);
});
