import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import {
  at,
  change,
  changeAll,
  find,
  lie,
  matches,
  remove,
  removeAll,
  repeat,
  testPlants,
} from './checker-edits.ts';
import { checkRecords, recordedRun } from './checker-records.ts';

testPlants([
  {
    title: 'a replica leaves out an update',
    plant: (run) => remove(run, { kind: 'apply', process: 'branch-1', version: 3 }),
    kind: 'version-skipped',
    cause: 'lost',
    process: 'branch-1',
    update: at(3, 1),
  },
  {
    title: 'a replica lacks the last update',
    plant: (run) => remove(run, { kind: 'apply', process: 'branch-3', version: 4 }),
    kind: 'not-applied',
    cause: 'lost',
    process: 'branch-3',
    update: at(4, 2),
  },
  {
    title: 'a replica applies an update twice',
    plant: (run) => repeat(run, { kind: 'apply', process: 'branch-2', version: 3 }),
    kind: 'applied-twice',
    cause: 'doubled',
    process: 'branch-2',
    update: at(3, 1),
  },
  {
    title: 'an update is applied again as a later version',
    plant: (run) => {
      for (const process of ['branch-1', 'branch-2', 'branch-3'])
        repeat(run, { kind: 'apply', process, version: 4 }, { version: 5, balance: 600 });
    },
    kind: 'applied-twice',
    cause: 'doubled',
    update: at(4, 2),
  },
  {
    title: 'a replica adds an update twice to its balance',
    plant: (run) =>
      change(run, { kind: 'apply', process: 'branch-3', version: 2 }, { balance: 790 }),
    kind: 'wrong-sum',
    cause: 'doubled',
    process: 'branch-3',
    update: at(2, 1),
    alone: true,
  },
  {
    title: 'an application bears the version of another',
    plant: (run) => change(run, { kind: 'apply', process: 'branch-2', version: 3 }, { version: 7 }),
    kind: 'version-skipped',
    cause: 'reordered',
    process: 'branch-2',
    update: at(3, 1),
    alone: true,
  },
  {
    title: 'a replica is in debt',
    plant: (run) => changeAll(run, { kind: 'apply', version: 3 }, { delta: -700, balance: -80 }),
    kind: 'negative-balance',
    cause: 'unexplained',
    update: at(3, 1),
  },
  {
    title: 'two replicas apply two updates in another order',
    plant: (run) => {
      const first = { tx: '3.1', delta: -70, event: at(3, 1) };
      const second = { tx: '1.2', delta: 25, event: at(4, 2) };
      change(run, { kind: 'apply', process: 'branch-2', ...first }, { ...second, balance: 645 });
      const last = run.findLastIndex((record) =>
        matches(record, { kind: 'apply', ...second, version: 4, process: 'branch-2' }),
      );
      run[last] = { ...run[last], ...first, balance: 575 } as HistoryRecord;
    },
    kind: 'order-differs',
    cause: 'reordered',
    process: 'branch-2',
    update: at(4, 2),
  },
  {
    title: 'all replicas apply another amount than was asked for',
    plant: (run) => changeAll(run, { kind: 'apply', version: 2 }, { delta: 17, balance: 467 }),
    kind: 'wrong-amount',
    cause: 'altered',
    event: at(2, 1),
    update: at(2, 1),
  },
  {
    title: 'an update is applied although its customer was told that it failed',
    plant: (run) =>
      lie(run, at(4, 2), { result: 'fail', reason: 'branch-missing', version: undefined }),
    kind: 'applied-though-failed',
    cause: 'phantom',
    event: at(4, 2),
    update: at(4, 2),
  },
  {
    title: 'an update is applied that no event asked for',
    plant: (run) => changeAll(run, { kind: 'apply', version: 4 }, { event: at(9, 1) }),
    kind: 'applied-unasked',
    cause: 'phantom',
    update: at(9, 1),
  },
  {
    title: 'an update is applied although its origin aborted it',
    plant: (run) =>
      change(run, { kind: 'decide', tx: '3.1', decision: 'committed' }, { decision: 'aborted' }),
    kind: 'applied-though-aborted',
    cause: 'phantom',
    update: '3.1',
  },
  {
    title: 'an update is applied although its origin never decided',
    plant: (run) => remove(run, { kind: 'decide', process: 'branch-3', tx: '3.1' }),
    kind: 'applied-undecided',
    cause: 'phantom',
    update: at(3, 1),
  },
  {
    title: 'an update is both committed and aborted',
    plant: (run) =>
      repeat(run, { kind: 'decide', process: 'branch-1', tx: '1.2' }, { decision: 'aborted' }),
    kind: 'decided-twice',
    cause: 'unexplained',
    update: '1.2',
  },
  {
    title: 'a fellow drops a committed update',
    plant: (run) => {
      const index = find(run, { kind: 'apply', process: 'branch-2', version: 4 });
      const { process, life, wall, mono, clock } = run[index] as HistoryRecord;
      run[index] = { process, life, wall, mono, clock, kind: 'drop', tx: '1.2' };
    },
    kind: 'dropped-though-committed',
    cause: 'lost',
    process: 'branch-2',
    update: '1.2',
  },
  {
    title: 'customers are told of a success that no replica applies',
    plant: (run) => removeAll(run, { kind: 'apply', version: 4 }),
    kind: 'success-not-applied',
    cause: 'lost',
    event: at(4, 2),
  },
  {
    title: 'a branch comes back without its last update',
    plant: (run) => change(run, { kind: 'replay', life: 1 }, { version: 1, balance: 450 }),
    kind: 'replay-differs',
    cause: 'lost',
    process: 'branch-2',
  },
  {
    title: 'a branch comes back with another balance',
    plant: (run) => change(run, { kind: 'replay', life: 1 }, { balance: 621 }),
    kind: 'replay-differs',
    cause: 'unexplained',
    process: 'branch-2',
  },
  {
    title: 'a replica begins with another balance than the input says',
    plant: (run) => change(run, { kind: 'replay', process: 'branch-3' }, { balance: 0 }),
    kind: 'wrong-start',
    cause: 'unexplained',
    process: 'branch-3',
  },
  {
    title: 'a branch settles in another state than it has',
    plant: (run) => change(run, { kind: 'settled', subject: 'branch-1' }, { balance: 550 }),
    kind: 'final-differs',
    cause: 'altered',
    process: 'branch-1',
  },
  {
    title: 'a branch takes a request after it was asked to stop',
    plant: (run) =>
      repeat(run, { kind: 'receive', process: 'branch-2', event: at(4, 2) }, {}, run.length - 1),
    kind: 'call-after-stop',
    cause: 'phantom',
    process: 'branch-2',
  },
  {
    title: 'a branch is at work after the end of the run',
    plant: (run) =>
      repeat(
        run,
        { kind: 'replay', process: 'branch-3' },
        { version: 4, balance: 575, life: 1 },
        run.length,
      ),
    kind: 'record-after-end',
    cause: 'phantom',
    process: 'branch-3',
  },
]);

test('a replica that goes on from a wrong balance is told of once', async () => {
  const run = recordedRun('restart').map((record) =>
    record.kind === 'apply' && record.process === 'branch-3' && record.version >= 2
      ? { ...record, balance: record.balance + 170 }
      : record,
  );
  const verdict = await checkRecords(run);
  assert.equal(verdict.verdict, 'invalid');
  const sums = verdict.violations.filter(({ kind }) => kind === 'wrong-sum');
  assert.deepEqual(
    sums.map(({ update }) => update?.version),
    [2],
  );
});
