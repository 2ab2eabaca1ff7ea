import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { OneReplica, deposit, foreign } from '../test/one-replica.ts';
import { turnsAfter } from './tell.ts';

const { tellFirstMs, tellPauseLeastMs, tellPauseMostMs, tellPauseFactor } = limits;

const decision = { interface: 'decide', tx: '1.1', decision: 'committed' };

/** A replica whose first update took so long, and was committed at that time. */
function committedAfter(updateMs: number): OneReplica {
  const one = new OneReplica();
  one.ask(deposit(5, 1));
  one.now += updateMs;
  one.acknowledge();
  return one;
}

/** Who is told what at this time. */
const toldAt = (one: OneReplica, now: number): unknown[] => {
  one.at(now);
  return one.sent().map(({ to, request }) => [to, request]);
};

test('while updates follow each other no decision is sent', () => {
  const one = new OneReplica();
  for (let position = 1; position <= 5; position += 1) {
    one.ask(deposit(5, position));
    const names = one.sent().map(({ request }) => request.interface);
    assert.deepEqual(names, ['propagate_deposit', 'propagate_deposit']);
    one.acknowledge();
    one.at(one.now + tellFirstMs - 1);
    assert.deepEqual(one.sent(), []);
  }
});

const paces = [
  { title: 'at the least pause when it took no time', updateMs: 0, pauseMs: tellPauseLeastMs },
  { title: 'at a pause for what it took', updateMs: 3, pauseMs: (3 / 2) * tellPauseFactor },
  { title: 'at the longest pause when it took long', updateMs: 900, pauseMs: tellPauseMostMs },
];

for (const { title, updateMs, pauseMs } of paces)
  test(`fellows are told of a commit one after another, ${title}`, () => {
    const one = committedAfter(updateMs);
    const first = one.now + tellFirstMs;
    assert.deepEqual(toldAt(one, first - 1), []);
    assert.deepEqual(toldAt(one, first), [[2, decision]]);
    assert.deepEqual(one.effects.at(-1), { type: 'wake', at: first + pauseMs });
    assert.deepEqual(toldAt(one, first + pauseMs), [[3, decision]]);
  });

test("a fellow's next update proves the commit, so nobody is told; if it is given up, telling goes on", () => {
  const one = committedAfter(0);
  one.ask(foreign({ version: 2, prevTx: '1.1' }));
  const first = one.now + tellFirstMs;
  assert.deepEqual(toldAt(one, first), []);
  assert.deepEqual(one.effects.at(-1), { type: 'wake', at: first + tellPauseMostMs });
  one.ask({ interface: 'decide', tx: '2.1', decision: 'aborted' });
  assert.deepEqual(toldAt(one, first + tellPauseMostMs), [[2, decision]]);
});

test("a fellow's next update that is committed ends the telling", () => {
  const one = committedAfter(0);
  one.ask(foreign({ version: 2, prevTx: '1.1' }));
  one.ask({ interface: 'decide', tx: '2.1', decision: 'committed' });
  const wakes = () => one.effects.filter(({ type }) => type === 'wake');
  assert.deepEqual(toldAt(one, one.now + tellFirstMs), []);
  assert.deepEqual(wakes(), []);
});

test('with several machines one fellow on another is told of each commit at once', () => {
  const one = new OneReplica({ witness: 3 });
  one.ask(deposit(5, 1));
  const sent = one
    .acknowledge()
    .flatMap((effect) => (effect.type === 'send' ? [[effect.to, effect.request.interface]] : []));
  assert.deepEqual(sent, [[3, 'decide']]);
});

test('who settles tells all at once', () => {
  const one = committedAfter(900);
  one.ask({ interface: 'settle' });
  assert.deepEqual(
    one.sent().map(({ to }) => to),
    [2, 3],
  );
});

const orders = [
  { self: 2, fellows: [1, 3, 4], turns: [3, 4, 1] },
  { self: 9, fellows: [10, 2, 1], turns: [10, 1, 2] },
  { self: 10, fellows: [9, 2, 1], turns: [1, 2, 9] },
];

for (const { self, fellows, turns } of orders)
  test(`branch ${self} tells ${fellows.join(', ')} in the order ${turns.join(', ')}`, () => {
    assert.deepEqual(turnsAfter(self, fellows), turns);
  });
