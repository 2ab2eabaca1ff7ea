/** Real branch and customer processes: what they answer, and what others may ask of them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { moneyMax } from '../bank/limits.ts';
import { createAuthority } from '../supervisor/certificates.ts';
import { Bank } from './bank.ts';
import { events, inShort } from './events.ts';
import { makeIdentity } from './identity.ts';

const soon = (): number => Date.now() + 10_000;
const envelope = { run_id: 'test-run', sender: 'visit-9', message: 'visit-9/0/1', clock: 5 };

test("the assignment's example gives the assignment's answers", async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const first = await bank.visit(1, 1, events('query'));
  const second = await bank.visit(2, 2, events('deposit 170', 'query'));
  const third = await bank.visit(3, 3, events('withdraw 70', 'query'));
  assert.deepEqual([first, second, third].map(inShort), [
    [400],
    ['success', 570],
    ['success', 500],
  ]);
  assert.deepEqual(await bank.settled(), { balance: 500, version: 2 });
});

const rules = [
  {
    title: 'an overdraft is refused and changes nothing',
    ask: ['withdraw 401', 'query'],
    answers: ['fail overdraft', 400],
    settled: { balance: 400, version: 0 },
  },
  {
    title: 'a balance of exactly 0 is a balance',
    ask: ['withdraw 400', 'query', 'withdraw 1'],
    answers: ['success', 0, 'fail overdraft'],
    settled: { balance: 0, version: 1 },
  },
  {
    title: 'a deposit beyond 2^53 - 1 is refused like an overdraft',
    ask: [`deposit ${moneyMax - 399}`, `deposit ${moneyMax - 400}`, 'query', 'deposit 1'],
    answers: ['fail balance-limit', 'success', moneyMax, 'fail balance-limit'],
    settled: { balance: moneyMax, version: 1 },
  },
];

for (const branches of [1, 3]) {
  for (const { title, ask, answers, settled } of rules) {
    test(`${branches} ${branches === 1 ? 'branch' : 'branches'}: ${title}`, async (t) => {
      const bank = await Bank.open(t, { branches });
      await bank.serve();
      assert.deepEqual(inShort(await bank.visit(1, 1, events(...ask))), answers);
      assert.deepEqual(await bank.settled(), settled);
    });
  }
}

test('a client outside the run is served, and recorded as outside', async (t) => {
  const bank = await Bank.open(t, { balance: 7 });
  await bank.serve();
  const stub = bank.stub(1);
  // Outside, the same identity is not known to be the same event.
  const event = { entry: 1, position: 1 };
  for (const version of [1, 2]) {
    const answer = await stub.call('Withdraw', { money: 3, event }, soon());
    assert.deepEqual(answer.ok && answer.response.result, 'SUCCESS');
    assert.deepEqual(answer.ok && answer.response.version, version);
  }
  const answer = await stub.call('Query', {}, soon());
  assert.deepEqual(answer.ok && answer.response.balance, 1);
  const received = bank.history().filter((record) => record.kind === 'receive' && record.outside);
  assert.deepEqual(
    received.map((record) => 'message' in record && record.message),
    ['branch-1/0/outside-1', 'branch-1/0/outside-2', 'branch-1/0/outside-3'],
  );
});

test('an event that is asked twice is answered twice and applied once', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const stub = bank.stub(2);
  const request = { envelope, event: { entry: 1, position: 1 }, money: 10 };
  const answers = [
    await stub.call('Deposit', request, soon()),
    await stub.call('Deposit', request, soon()),
  ];
  for (const answer of answers) assert.deepEqual(answer.ok && answer.response.version, 1);
  assert.deepEqual(await bank.settled(), { balance: 410, version: 1 });
});

test('a branch that is told to connect does so before its first update', async (t) => {
  const bank = await Bank.open(t, { branches: 2 });
  const fellow = net.createServer().listen(bank.target(2).replace('unix:', ''));
  t.after(() => fellow.close());
  let connections = 0;
  fellow.on('connection', (socket) => {
    connections += 1;
    t.after(() => socket.destroy());
  });
  bank.startBranch(1);
  await bank.serving(1);
  const stub = bank.stub(1);
  const refused = await stub.call('Connect', { envelope: other }, soon());
  const answer = await stub.call('Query', {}, soon());
  assert.deepEqual([refused.ok, answer.ok, connections], [false, true, 0]);
  const [, done] = await Promise.all([
    once(fellow, 'connection'),
    stub.call('Connect', { envelope }, soon()),
  ]);
  assert.deepEqual(done, { ok: true, response: {} });
});

const other = { ...envelope, run_id: 'yesterday' };
const propagation = { money: 5, origin: 2, tx: '2.1', version: 1, prev_tx: '' };
const nobody = undefined;

const strangers = [
  { title: 'a query of another run', call: 'Query', message: { envelope: other } },
  { title: 'a deposit of another run', call: 'Deposit', message: { envelope: other, money: 5 } },
  {
    title: 'a propagation of another run',
    call: 'Propagate_Deposit',
    message: { envelope: other, ...propagation },
  },
  {
    title: 'a propagation of no run',
    call: 'Propagate_Deposit',
    message: { envelope: nobody, ...propagation },
  },
  {
    title: 'a decision of no run',
    call: 'Decide',
    message: { tx: '2.1', decision: 'COMMITTED' },
  },
  { title: 'a question of no run', call: 'Ask', message: { tx: '1.1' } },
  { title: 'a request of another run to connect', call: 'Connect', message: { envelope: other } },
  { title: 'a request of no run to connect', call: 'Connect', message: {} },
] as const;

test('whoever is not of the run is refused, and nothing is recorded', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const stub = bank.stub(1);
  for (const { title, call, message } of strangers) {
    const answer = await stub.call(call, message, soon());
    assert.equal(answer.ok ? 'OK' : answer.failure.status, 'FAILED_PRECONDITION', title);
  }
  assert.deepEqual(await bank.settled(), { balance: 400, version: 0 });
  assert.deepEqual(
    bank.ledger(1).map(({ kind }) => kind),
    ['open'],
  );
});

test('on TCP, a call without the token of the run touches nothing', async (t) => {
  const bank = await Bank.open(t, { token: 'secret' });
  await bank.serve();
  const stranger = await bank.stub(1, { token: 'guess' }).call('Deposit', { money: 1 }, soon());
  assert.equal(stranger.ok ? 'OK' : stranger.failure.status, 'UNAUTHENTICATED');
  assert.deepEqual(inShort(await bank.visit(1, 1, events('deposit 1', 'query'))), ['success', 401]);
  assert.deepEqual(await bank.settled(), { balance: 401, version: 1 });
});

test('with certificates, a client without one of the run touches nothing', async (t) => {
  const [ours, theirs] = [await createAuthority('test-run'), await createAuthority('test-run')];
  const machine = { node: 'node-1', identity: await makeIdentity(ours, 'node-1') };
  const bank = await Bank.open(t, { machine });
  await bank.serve();
  for (const access of [{}, { identity: await makeIdentity(theirs, 'node-1') }]) {
    const stranger = await bank.stub(1, access).call('Deposit', { money: 1 }, Date.now() + 500);
    assert.match(stranger.ok ? 'OK' : stranger.failure.status, /^(DEADLINE_|UNAVAILABLE)/);
  }
  assert.deepEqual(inShort(await bank.visit(1, 1, events('deposit 1', 'query'))), ['success', 401]);
  assert.deepEqual(await bank.settled(), { balance: 401, version: 1 });
});

test('a branch that is told to stop ends with 0 and takes its socket along', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { child, ended } = bank.startBranch(1);
    await bank.serving(1);
    child.kill(signal);
    const { code, stderr } = await ended;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.equal(bank.exists('1.sock'), false);
  }
});

test('a second branch on the same address ends with one line that says so', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  await bank.serve();
  const { code, stderr } = await bank.startBranch(1).ended;
  const target = bank.target(1);
  assert.equal(code, 76);
  assert.equal(stderr, `branch-1 cannot listen at ${target}: another process listens there\n`);
  await bank.serving(1);
});

test('a branch that the run does not have is refused', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  const { code, stderr } = await bank.startBranch(9).ended;
  assert.deepEqual({ code, stderr }, { code: 64, stderr: 'run test-run has no branch 9\n' });
});
