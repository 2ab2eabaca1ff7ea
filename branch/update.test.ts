import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, moneyMax } from '../bank/limits.ts';
import { OneReplica, deposit, foreign, outcomes, settings, withdraw } from '../test/one-replica.ts';
import type { Request } from './protocol.ts';
import { Replica } from './replica.ts';

test('an update is one call to every fellow, and is answered after it is recorded', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  assert.deepEqual(
    one.sent().map(({ to }) => to),
    [2, 3],
  );
  assert.deepEqual(outcomes(one.effects), []);
  one.acknowledge();
  const types = one.effects.map(({ type }) => type);
  assert.deepEqual(types, ['append', 'reply', 'wake']);
  assert.deepEqual([one.replica.balance, one.replica.version], [105, 1]);
});

test('a bank of one branch commits by itself', () => {
  const one = new OneReplica({ peers: [] });
  one.ask(withdraw(100, 1));
  assert.deepEqual(one.records(), ['prepare', 'commit']);
  assert.equal(one.replica.balance, 0);
  one.ask({ interface: 'settle' });
  assert.deepEqual(outcomes(one.effects), [{ interface: 'settle', balance: 0, version: 1 }]);
});

const refusals: { title: string; request: Request; reason: string }[] = [
  { title: 'an overdraft', request: withdraw(101, 1), reason: 'overdraft' },
  {
    title: 'a deposit beyond the limit',
    request: deposit(moneyMax - 99, 1),
    reason: 'balance-limit',
  },
];

for (const { title, request, reason } of refusals) {
  test(`${title} fails, is recorded, is told to nobody else and is repeated after a restart`, () => {
    const one = new OneReplica();
    one.ask(request);
    assert.deepEqual(one.records(), ['refuse']);
    assert.deepEqual(one.sent(), []);
    const [first] = outcomes(one.effects);
    assert.ok(typeof first === 'object' && 'reason' in first && first.reason === reason);
    const next = new Replica(settings);
    const opened = one.replica.settings;
    next.replay({ kind: 'open', runId: opened.runId, branch: 1, balance: 100 });
    for (const effect of one.effects) if (effect.type === 'append') next.replay(effect.record);
    const again = next.handle({ type: 'request', call: 1, request, deadline: 10 }, 0);
    assert.deepEqual(outcomes(again), [first]);
  });
}

test('an event is answered the same again, and an older one of its entry is refused', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  const [first] = outcomes(one.acknowledge());
  one.ask(deposit(5, 1));
  assert.deepEqual(outcomes(one.effects), [first]);
  one.ask(withdraw(500, 2));
  one.ask(deposit(5, 1));
  assert.deepEqual(outcomes(one.effects), ['FAILED_PRECONDITION']);
  assert.equal(one.replica.balance, 105);
});

test('a retry joins the update in flight and both attempts are answered', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  const sent = one.sent();
  one.ask(deposit(5, 1));
  assert.deepEqual(one.effects, []);
  const replies = sent.flatMap(({ call }) =>
    one.handle({ type: 'response', call, response: { interface: 'propagate_deposit' } }),
  );
  assert.equal(outcomes(replies).length, 2);
  assert.equal(one.replica.balance, 105);
});

test('without an identity every request is an update of its own', () => {
  const one = new OneReplica({ peers: [] });
  one.ask({ interface: 'deposit', money: 5 });
  one.ask({ interface: 'deposit', money: 5 });
  assert.equal(one.replica.balance, 110);
});

test('past its deadline an update fails for good and names the missing branch', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  const [toTwo] = one.sent();
  assert.ok(toTwo);
  const response = { interface: 'propagate_deposit' } as const;
  one.handle({ type: 'response', call: toTwo.call, response });
  one.at(5_000);
  const [failed] = outcomes(one.effects);
  assert.ok(typeof failed === 'object' && 'reason' in failed);
  assert.equal(failed.reason, 'branch-missing');
  assert.match(failed.detail, /^branch 3 did not acknowledge update 1\.1 in time/);
  assert.deepEqual([one.records(), one.replica.balance], [['abort'], 100]);
  one.ask(deposit(5, 1));
  assert.deepEqual(outcomes(one.effects), [failed]);
});

test('a lost propagation is tried again after 50, 100, 200 and 200 ms', () => {
  const one = new OneReplica({ peers: [2] });
  one.ask(deposit(5, 1));
  const refusal = { status: 'UNAVAILABLE', message: 'down' } as const;
  for (const pauseMs of [50, 100, 200, 200]) {
    const [attempt] = one.sent();
    one.handle({ type: 'failure', call: attempt?.call ?? 0, refusal });
    assert.deepEqual(one.sent(), []);
    one.at(one.now + pauseMs - 1);
    assert.deepEqual(one.sent(), []);
    one.at(one.now + 1);
    assert.equal(one.sent().length, 1);
  }
});

test('a request that comes or waits past its deadline is not executed', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1), 0);
  assert.deepEqual(outcomes(one.effects), ['DEADLINE_EXCEEDED']);
  one.ask(deposit(5, 1));
  one.ask({ interface: 'deposit', money: 7 }, 1_000);
  one.at(1_000);
  assert.deepEqual(outcomes(one.effects), ['DEADLINE_EXCEEDED']);
});

test('a queue is bounded', () => {
  const one = new OneReplica();
  for (let n = 0; n <= limits.waitingRequests; n += 1) one.ask({ interface: 'deposit', money: 1 });
  assert.deepEqual(one.effects, []);
  one.ask({ interface: 'deposit', money: 1 });
  assert.deepEqual(outcomes(one.effects), ['UNAVAILABLE']);
});

test('a restart gives the undecided own update up, without an answer, and tells the fellows', () => {
  const before = new OneReplica();
  const lines = before.effects;
  before.ask(deposit(5, 1));
  const next = new Replica(settings);
  for (const effect of [...lines, ...before.effects])
    if (effect.type === 'append') assert.equal(next.replay(effect.record), undefined);
  const effects = next.recovered(0);
  assert.deepEqual(
    effects.flatMap((effect) => (effect.type === 'append' ? [effect.record] : [])),
    [{ kind: 'abort', tx: '1.1' }],
  );
  assert.deepEqual(
    effects.flatMap((effect) => (effect.type === 'send' ? [effect.request] : [])),
    [2, 3].map(() => ({ interface: 'decide', tx: '1.1', decision: 'aborted' })),
  );
  next.handle({ type: 'request', call: 1, request: deposit(5, 1), deadline: 10 }, 0);
  assert.equal(next.pending, '1.2');
});

test('nothing piles up over many updates', () => {
  const one = new OneReplica();
  for (let position = 1; position <= 1_000; position += 1) {
    one.ask(deposit(1, position));
    one.acknowledge();
    one.ask(foreign({ tx: `2.${position}`, version: 2 * position, prevTx: `1.${position}` }));
    one.ask({ interface: 'decide', tx: `2.${position}`, decision: 'committed' });
  }
  assert.equal(one.replica.balance, 100 + 1_000 + 5_000);
  const { book, desk: rest } = one.replica;
  const held = [book.results.size, rest.calls.size, rest.queue.length, rest.propagations.length];
  assert.deepEqual(held, [1, 0, 0, 0]);
});
