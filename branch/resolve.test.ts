import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { OneReplica, deposit, foreign, outcomes } from '../test/one-replica.ts';

test('a query with nothing pending is one reply and nothing else', () => {
  const one = new OneReplica();
  one.ask({ interface: 'query' });
  assert.deepEqual(outcomes(one.effects), [{ interface: 'query', balance: 100, version: 0 }]);
  assert.equal(one.effects.length, 1);
});

test('a query with a fellow’s update pending asks, and waits in vain only with a reason', () => {
  const one = new OneReplica();
  one.ask(foreign());
  one.ask({ interface: 'query' }, 1_000);
  assert.deepEqual(
    one.sent().map(({ to, request }) => ({ to, request })),
    [{ to: 2, request: { interface: 'ask', tx: '2.1' } }],
  );
  one.at(999);
  const [refused] = one.effects.filter(({ type }) => type === 'refuse');
  assert.ok(refused?.type === 'refuse');
  assert.equal(refused.refusal.status, 'UNAVAILABLE');
  assert.match(refused.refusal.message, /update 2\.1 is pending here and its origin, branch 2/);
});

const words = [
  { decision: 'committed', balance: 105, version: 1 },
  { decision: 'aborted', balance: 100, version: 0 },
  { decision: 'undecided', balance: 100, version: 0 },
] as const;

for (const { decision, balance, version } of words) {
  test(`a query is answered ${balance} when the pending update is ${decision}`, () => {
    const one = new OneReplica();
    one.ask(foreign());
    one.ask({ interface: 'query' });
    const [question] = one.sent();
    const response = { interface: 'ask', decision } as const;
    one.handle({ type: 'response', call: question?.call ?? 0, response });
    assert.deepEqual(outcomes(one.effects), [{ interface: 'query', balance, version }]);
  });
}

test('a query may not rest on a question that was asked before it came', () => {
  const one = new OneReplica();
  one.ask(foreign());
  one.ask({ interface: 'query' });
  const [question] = one.sent();
  one.ask({ interface: 'query' });
  assert.deepEqual(one.sent(), []);
  const response = { interface: 'ask', decision: 'undecided' } as const;
  one.handle({ type: 'response', call: question?.call ?? 0, response });
  assert.equal(outcomes(one.effects).length, 1);
  assert.equal(one.sent().length, 1);
});

test('settling tells at once and answers when every fellow knows', () => {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  one.acknowledge();
  one.ask({ interface: 'settle' });
  assert.deepEqual(
    one.sent().map(({ request }) => request.interface),
    ['decide', 'decide'],
  );
  assert.deepEqual(outcomes(one.acknowledge()), [
    { interface: 'settle', balance: 105, version: 1 },
  ]);
});

const question = [{ interface: 'ask', tx: '2.1' }];
const askAfterMs = 2 * limits.tellAllPerFellowMs;

test('who only has to settle gives the origin time to tell unasked', () => {
  const one = new OneReplica();
  one.ask(foreign());
  one.ask({ interface: 'settle' });
  assert.deepEqual(one.sent(), []);
  assert.deepEqual(one.effects.at(-1), { type: 'wake', at: askAfterMs });
  one.at(askAfterMs);
  assert.deepEqual(
    one.sent().map(({ request }) => request),
    question,
  );
});

test('whoever comes while a branch waits to settle does not wait as well', () => {
  const one = new OneReplica();
  one.ask(foreign());
  one.ask({ interface: 'settle' });
  one.ask({ interface: 'query' });
  assert.deepEqual(
    one.sent().map(({ request }) => request),
    question,
  );
});
