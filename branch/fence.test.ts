import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OneReplica, deposit, foreign, outcomes } from '../test/one-replica.ts';

const first = { branch: 2, incarnation: 1, to: 1 };
const second = { ...first, incarnation: 2 };
const recover = { interface: 'recover', fences: [{ branch: 2, incarnation: 2 }] } as const;

const halted = (one: OneReplica): string =>
  one.effects.map((effect) => (effect.type === 'halt' ? effect.message : '')).join('');

test('behind a fence an old incarnation is refused, also after a restart', () => {
  const one = new OneReplica();
  one.hear(recover, second);
  assert.deepEqual(one.records(), ['fence']);
  one.hear(foreign(), first);
  assert.deepEqual([outcomes(one.effects), one.records()], [['PERMISSION_DENIED'], []]);
  one.hear(foreign({ tx: '2.1000000001' }), second);
  assert.deepEqual(one.records(), ['prepare']);
});

test('an update of the old incarnation that waits for a vote gets none', () => {
  const one = new OneReplica();
  one.hear(foreign({ origin: 3, tx: '3.1' }), { ...first, branch: 3 });
  one.hear(foreign(), first);
  assert.deepEqual(outcomes(one.effects), []);
  one.hear(recover, second);
  assert.deepEqual(outcomes(one.effects).slice(0, 1), ['PERMISSION_DENIED']);
});

test('a vote that was lost with its ledger is asked for again, and the old answer is not heard', () => {
  const one = new OneReplica();
  const response = { interface: 'propagate_deposit' } as const;
  one.ask(deposit(5, 1));
  const [toTwo, toThree] = one.sent();
  assert.ok(toTwo && toThree);
  one.handle({ type: 'response', call: toTwo.call, response });
  one.hear(recover, second);
  const [anew] = one.sent();
  assert.deepEqual([anew?.to, anew?.request.interface], [2, 'propagate_deposit']);
  one.handle({ type: 'response', call: toThree.call, response });
  one.handle({ type: 'response', call: toTwo.call, response });
  assert.equal(one.replica.version, 0);
  one.handle({ type: 'response', call: anew?.call ?? 0, response });
  assert.equal(one.replica.version, 1);
});

test('whoever recovers is told the state behind the fence, and what is undecided', () => {
  const one = new OneReplica();
  one.ask(foreign({ event: { entry: 4, position: 1 } }));
  one.ask(foreign({ tx: '2.2', version: 2, prevTx: '2.1' }));
  one.hear(recover, second);
  const [state] = outcomes(one.effects);
  assert.deepEqual(state, {
    interface: 'recover',
    incarnation: 1,
    fences: [
      { branch: 1, incarnation: 1 },
      { branch: 2, incarnation: 2 },
    ],
    state: {
      version: 1,
      balance: 105,
      lastTx: '2.1',
      lastOrigin: 2,
      applied: [{ entry: 4, position: 1, origin: 2, version: 1 }],
      pending: { tx: '2.2', origin: 2, version: 2 },
    },
  });
});

const endings = [
  {
    title: 'is refused as the old one',
    happens: (one: OneReplica): void => {
      one.ask(deposit(5, 1));
      const refusal = { status: 'PERMISSION_DENIED', message: 'old' } as const;
      one.handle({ type: 'failure', call: one.sent()[0]?.call ?? 0, refusal });
    },
  },
  {
    title: 'hears a request for its successor',
    happens: (one: OneReplica) => one.hear(foreign(), { ...first, to: 2 }),
  },
  {
    title: 'hears of a fence around itself',
    happens: (one: OneReplica) =>
      one.hear({ interface: 'recover', fences: [{ branch: 1, incarnation: 2 }] }, first),
  },
];

for (const { title, happens } of endings) {
  test(`a process that ${title} stops`, () => {
    const one = new OneReplica();
    happens(one);
    assert.match(halted(one), /branch 1 was given up and started anew on another machine/);
  });
}

test('what was meant for the lost incarnation is not for the new one', () => {
  const one = new OneReplica({ incarnation: 2, peers: [2] });
  const [question] = one.sent();
  const state = { version: 0, balance: 100, lastTx: '', lastOrigin: 0, applied: [] };
  const fences = [{ branch: 1, incarnation: 2 }];
  const response = { interface: 'recover', incarnation: 1, fences, state } as const;
  one.handle({ type: 'response', call: question?.call ?? 0, response });
  one.hear(foreign(), first);
  assert.deepEqual([outcomes(one.effects), one.records()], [['UNAVAILABLE'], []]);
});
