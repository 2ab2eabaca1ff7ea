import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { OneReplica, deposit, foreign, outcomes } from '../test/one-replica.ts';
import type { OldWord } from './old-word.ts';
import type { Fence, Recollection, ReplicaState, Undecided } from './protocol.ts';

const again: Fence = { branch: 1, incarnation: 2 };
const lost = { incarnation: 2, peers: [2, 3] };
const fresh: ReplicaState = { version: 0, balance: 100, lastTx: '', lastOrigin: 0, applied: [] };
const later: ReplicaState = { version: 1, balance: 105, lastTx: '2.1', lastOrigin: 2, applied: [] };
const at = (version: number): Undecided => ({ tx: '1.4', origin: 1, version });

const told = (state: ReplicaState, fences: readonly Fence[] = [again]): Recollection => ({
  interface: 'recover',
  incarnation: 1,
  fences,
  state,
});

type States = readonly (ReplicaState | undefined)[];

/** Of the fellows 2 and 3, those that lost their ledgers with the same machine have no state. */
const lostToo = (states: States): Fence[] =>
  [2, 3]
    .filter((_, place) => states[place] === undefined)
    .map((branch) => ({ branch, incarnation: 2 }));

function allTold(states: States): Recollection[] {
  const fences = [again, ...lostToo(states)];
  return states.map((state) =>
    state ? told(state, fences) : { interface: 'recover', incarnation: 2, fences },
  );
}

/** Branches 2 and 3 answer the question of branch 1, in this order. */
function answer(one: OneReplica, ...answers: readonly Recollection[]): void {
  for (const [place, { call }] of one.sent().entries()) {
    const response = answers[place];
    if (response) one.handle({ type: 'response', call, response });
  }
}

const halted = (one: OneReplica): string =>
  one.effects.map((effect) => (effect.type === 'halt' ? effect.message : '')).join('');

test('without its ledger a branch asks every fellow, and serves nobody until it knows', () => {
  const one = new OneReplica(lost);
  assert.deepEqual(one.records(), ['open']);
  assert.deepEqual(
    one.sent().map(({ to, request }) => ({ to, request })),
    [2, 3].map((to) => ({ to, request: { interface: 'recover', fences: [again] } })),
  );
  const asked = one.sent();
  for (const request of [deposit(5, 1), { interface: 'query' } as const, foreign()]) {
    one.ask(request);
    assert.deepEqual(outcomes(one.effects), ['UNAVAILABLE']);
  }
  for (const [place, { call }] of asked.entries()) {
    assert.equal(one.replica.restored, false);
    one.handle({ type: 'response', call, response: told(place === 0 ? later : fresh) });
  }
  const { balance, version, restored } = one.replica;
  assert.deepEqual({ balance, version, restored }, { balance: 105, version: 1, restored: true });
});

const conclusions: {
  title: string;
  states: States;
  says?: RegExp;
}[] = [
  { title: 'what is furthest on is the bank’s', states: [fresh, later] },
  { title: 'a fellow that lost its ledger too has no word', states: [undefined, later] },
  {
    title: 'an own update that one does not hold is aborted',
    states: [{ ...later, pending: at(2) }, later],
  },
  {
    title: 'an own update that one has applied is committed',
    states: [{ ...fresh, pending: { tx: '2.1', origin: 2, version: 1 } }, later],
  },
  {
    title: 'an update of a fellow that is alive is decided by that fellow',
    states: [later, later].map((state) => ({
      ...state,
      pending: { tx: '3.7', origin: 3, version: 2 },
    })),
  },
  {
    title: 'so is one that a fellow proposed after it recovered its own ledger',
    states: [undefined, { ...later, pending: { tx: '2.1000000001', origin: 2, version: 2 } }],
  },
  {
    title: 'an own update that all hold is in doubt',
    states: [later, later].map((state) => ({ ...state, pending: at(2) })),
    says: /branch 2 and branch 3 hold update 1\.4 of branch 1 ready for version 2/,
  },
  {
    title: 'so is one of a fellow that lost its ledger too',
    states: [undefined, { ...later, pending: { tx: '2.4', origin: 2, version: 2 } }],
    says: /branch 3 holds update 2\.4 of branch 2 ready for version 2/,
  },
  {
    title: 'when all are lost there is nothing to recover',
    states: [undefined, undefined],
    says: /every branch has lost its ledger/,
  },
];

for (const { title, states, says } of conclusions) {
  test(`${title}: ${says ? 'refused' : 'recovered'}`, () => {
    const one = new OneReplica({ ...lost, fences: lostToo(states) });
    answer(one, ...allTold(states));
    assert.equal(one.replica.restored, says === undefined);
    if (says) assert.match(halted(one), says);
    else assert.deepEqual([one.replica.version, one.replica.balance], [1, 105]);
  });
}

test('what was aborted with the ledger is told, and numbers are not used again', () => {
  const one = new OneReplica(lost);
  answer(one, told({ ...later, pending: at(2) }), told(later));
  assert.deepEqual(
    one.sent().map(({ request }) => request),
    [2, 3].map(() => ({ interface: 'decide', tx: '1.4', decision: 'aborted' })),
  );
  one.ask(deposit(5, 1));
  assert.equal(one.replica.pending, `1.${limits.updatesOfOneIncarnation + 1}`);
});

test('an event that was applied before the loss is answered, and not applied again', () => {
  const one = new OneReplica(lost);
  const applied = [{ entry: 1, position: 3, origin: 1, version: 1 }];
  answer(one, told(fresh), told({ ...later, applied }));
  one.ask(deposit(5, 3));
  assert.deepEqual(outcomes(one.effects), [
    { interface: 'deposit', result: 'success', version: 1 },
  ]);
});

test('an answer from before another fence is asked for again', () => {
  const one = new OneReplica(lost);
  const second = { branch: 2, incarnation: 2 };
  const [toTwo, toThree] = one.sent();
  assert.ok(toTwo && toThree);
  one.handle({ type: 'response', call: toThree.call, response: told(later) });
  const response = { interface: 'recover', incarnation: 2, fences: [again, second] } as const;
  one.handle({ type: 'response', call: toTwo.call, response });
  assert.deepEqual(one.records(), ['fence']);
  assert.deepEqual(
    one.sent().flatMap(({ to, request }) => ('fences' in request ? [{ to, ...request }] : [])),
    [2, 3].map((to) => ({ to, interface: 'recover', fences: [again, second] })).slice(1),
  );
});

test('a ledger that fellows do not restore in time is given up', () => {
  const one = new OneReplica(lost);
  answer(one, told(later));
  one.at(limits.recoverMs);
  assert.match(halted(one), /branch 3 did not answer within 60000 ms/);
});

const words: { title: string; word: OldWord; gives?: { version: number; balance: number } }[] = [
  {
    title: 'committed there is committed',
    word: { decision: 'committed', balance: 112, event: { entry: 1, position: 3 } },
    gives: { version: 2, balance: 112 },
  },
  {
    title: 'aborted there is aborted',
    word: { decision: 'aborted' },
    gives: { version: 1, balance: 105 },
  },
  {
    title: 'undecided there stays in doubt',
    word: { decision: 'undecided', why: 'x.jsonl does not tell what became of it' },
  },
];

for (const { title, word, gives } of words) {
  test(`an update in doubt is looked up in a shared ledger: ${title}`, () => {
    const one = new OneReplica({ ...lost, hasSharedLedgers: true });
    const held = told({ ...later, pending: at(2) });
    const [toTwo, toThree] = one.sent();
    assert.ok(toTwo && toThree);
    one.handle({ type: 'response', call: toTwo.call, response: held });
    assert.deepEqual(one.effects, [], 'before the last fence is up nothing is looked up');
    one.handle({ type: 'response', call: toThree.call, response: held });
    const asked = { branch: 1, incarnation: 1, tx: '1.4' };
    assert.deepEqual(one.effects, [{ type: 'consult', ...asked }]);
    one.handle({ type: 'consulted', tx: '1.4', word });
    const { restored, version, balance } = one.replica;
    assert.equal(restored, gives !== undefined);
    if (gives === undefined)
      return assert.match(halted(one), /ready for version 2, and x\.jsonl does not tell/);
    assert.deepEqual({ version, balance }, gives);
    const { decision } = word;
    assert.deepEqual(
      one.sent().map(({ request }) => request),
      [2, 3].map(() => ({ interface: 'decide', tx: '1.4', decision })),
    );
    one.ask(deposit(7, 3));
    const isKnown = decision === 'committed';
    assert.equal(one.replica.pending === undefined, isKnown);
    return undefined;
  });
}

test('a word about an update that is in doubt no more changes nothing', () => {
  const one = new OneReplica({ ...lost, hasSharedLedgers: true });
  const held = told({ ...later, pending: at(2) });
  const sent = one.sent();
  answer(one, held, held);
  const second = { branch: 2, incarnation: 2 };
  one.ask({ interface: 'recover', fences: [second] });
  assert.equal(sent.length, 2);
  one.handle({ type: 'consulted', tx: '1.4', word: { decision: 'aborted' } });
  assert.equal(one.replica.restored, false);
});
