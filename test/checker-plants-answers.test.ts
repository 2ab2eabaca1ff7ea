import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../checker/explain.ts';
import { at, change, changeAll, find, lie, remove, repeat, testPlants } from './checker-edits.ts';
import { checkRecords, recordedRun } from './checker-records.ts';

testPlants([
  {
    title: 'a query is answered with the balance before an acknowledged update',
    plant: (run) => lie(run, at(4, 1), { balance: 620, version: 2 }),
    kind: 'wrong-balance',
    cause: 'stale',
    event: at(4, 1),
    update: at(3, 1),
  },
  {
    title: 'a balance is off by the amount of an update that is still in flight to the fellows',
    plant: (run) => lie(run, at(4, 3), { balance: 550 }),
    kind: 'wrong-balance',
    cause: 'stale',
    event: at(4, 3),
    update: at(4, 2),
  },
  {
    title: 'a balance is off by the amount of an update in flight whose outcome is unknown',
    run: 'unknown',
    plant: (run) => lie(run, at(3, 3), { balance: 380 }),
    kind: 'wrong-balance',
    cause: 'phantom',
    event: at(3, 3),
    update: at(3, 1),
  },
  {
    title: 'an update of unknown outcome shows in one query and is gone in the next',
    run: 'unknown',
    plant: (run) => lie(run, at(3, 3), { balance: 380, version: 2 }),
    kind: 'wrong-balance',
    cause: 'stale',
    event: at(4, 1),
    update: at(3, 1),
  },
  {
    title: 'a balance counts an update that failed',
    run: 'unknown',
    plant: (run) => lie(run, at(2, 2), { balance: 620 }),
    kind: 'wrong-balance',
    cause: 'phantom',
    event: at(2, 2),
    update: at(2, 1),
  },
  {
    title: 'a balance counts an update twice',
    plant: (run) => lie(run, at(4, 3), { balance: 600 }),
    kind: 'wrong-balance',
    cause: 'doubled',
    event: at(4, 3),
    update: at(4, 2),
  },
  {
    title: 'a balance lacks an update in the middle',
    plant: (run) => lie(run, at(4, 3), { balance: 405 }),
    kind: 'wrong-balance',
    cause: 'lost',
    event: at(4, 3),
    update: at(2, 1),
  },
  {
    title: 'a balance that nothing accounts for',
    plant: (run) => lie(run, at(4, 3), { balance: 577 }),
    kind: 'wrong-balance',
    cause: 'unexplained',
    event: at(4, 3),
  },
  {
    title: 'a query is answered with a debt',
    plant: (run) => lie(run, at(3, 3), { balance: -70 }),
    kind: 'negative-balance',
    cause: 'unexplained',
    event: at(3, 3),
  },
  {
    title: 'a right balance bears an older version',
    plant: (run) => lie(run, at(2, 2), { version: 1 }),
    kind: 'wrong-version',
    cause: 'stale',
    event: at(2, 2),
    update: at(2, 1),
  },
  {
    title: 'an update bears the version of the one before',
    plant: (run) => lie(run, at(4, 2), { version: 3 }),
    kind: 'wrong-version',
    cause: 'altered',
    event: at(4, 2),
    update: at(4, 2),
  },
  {
    title: 'a withdrawal succeeds beyond the balance',
    plant: (run) => lie(run, at(3, 2), { result: 'success', reason: undefined, version: 4 }),
    kind: 'overdrawn',
    cause: 'unexplained',
    event: at(3, 2),
  },
  {
    title: 'a withdrawal within the balance is refused as an overdraft',
    plant: (run) => changeAll(run, { event: at(3, 2), interface: 'withdraw' }, { money: 90 }),
    kind: 'wrong-refusal',
    cause: 'unexplained',
    event: at(3, 2),
  },
  {
    title: 'a customer tells another balance than it received',
    plant: (run) => change(run, { kind: 'outcome', event: at(3, 3) }, { balance: 620 }),
    kind: 'answer-changed',
    cause: 'altered',
    event: at(3, 3),
  },
  {
    title: 'a customer tells of success without any answer',
    run: 'unknown',
    plant: (run) => change(run, { kind: 'outcome', event: at(3, 1) }, { result: 'success' }),
    kind: 'answer-changed',
    cause: 'altered',
    event: at(3, 1),
  },
  {
    title: 'an answer changes on its way',
    plant: (run) => {
      const call = run[find(run, { kind: 'call', event: at(2, 2) })] as { message: string };
      change(run, { kind: 'return', message: call.message }, { balance: 450 });
      change(run, { kind: 'outcome', event: at(2, 2) }, { balance: 450 });
    },
    kind: 'answer-altered',
    cause: 'altered',
    event: at(2, 2),
  },
  {
    title: 'an answer arrives that no branch sent',
    plant: (run) => remove(run, { kind: 'reply', interface: 'withdraw', result: 'success' }),
    kind: 'answer-unsent',
    cause: 'phantom',
    event: at(3, 1),
  },
  {
    title: 'a request arrives with another amount',
    plant: (run) => change(run, { kind: 'receive', event: at(4, 2) }, { money: 250 }),
    kind: 'message-altered',
    cause: 'altered',
    event: at(4, 2),
  },
  {
    title: 'a request arrives that nobody sent',
    plant: (run) => repeat(run, { kind: 'receive', event: at(4, 3) }, { message: 'visit-4/0/99' }),
    kind: 'message-unsent',
    cause: 'phantom',
    process: 'branch-1',
  },
  {
    title: 'an event has no outcome',
    plant: (run) => remove(run, { kind: 'outcome', event: at(3, 1) }),
    kind: 'not-answered',
    cause: 'lost',
    process: 'visit-3',
  },
  {
    title: 'an event has two outcomes',
    plant: (run) => repeat(run, { kind: 'outcome', event: at(2, 1) }),
    kind: 'answered-twice',
    cause: 'doubled',
    event: at(2, 1),
  },
  {
    title: 'an event is answered after a later one',
    plant: (run) => {
      const early = find(run, { kind: 'outcome', event: at(3, 1) });
      const late = find(run, { kind: 'outcome', event: at(3, 2) });
      run.splice(late, 0, ...run.splice(early, 1).map((record) => ({ ...record })));
    },
    kind: 'answered-out-of-turn',
    cause: 'reordered',
    event: at(3, 1),
  },
  {
    title: 'an answer to an event that the run does not have',
    plant: (run) => repeat(run, { kind: 'outcome', event: at(4, 3) }, { event: at(4, 4) }),
    kind: 'answer-unasked',
    cause: 'phantom',
    event: at(4, 4),
  },
]);

test('the recorded runs themselves are valid', async () => {
  for (const name of ['restart', 'unknown'] as const) {
    const verdict = await checkRecords(recordedRun(name));
    assert.equal(verdict.verdict, 'valid', explain(verdict));
  }
});
