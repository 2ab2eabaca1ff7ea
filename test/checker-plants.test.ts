import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import type { EventIdentity } from '../bank/scenario.ts';
import { explain } from '../checker/explain.ts';
import type { Cause, Violation, ViolationKind } from '../checker/verdict.ts';
import { checkRecords, recordedRun } from './checker-records.ts';

/**
 * Violations, each planted by editing one recorded real run. What the recorded runs are:
 *
 * restart: 400 on each of three branches; branch 2 is killed after event 1 of entry 2.
 *   entry 1: query 400, deposit 50 (version 1)      entry 3: withdraw 70 (3), withdraw 9000 fails, query 550
 *   entry 2: deposit 170 (2), query 620             entry 4: query 550, deposit 25 (4), query 575
 * unknown: the same; branch 3 hangs twice, so that event 1 of entry 2 fails for a missing branch,
 *   and event 1 of entry 3, a withdrawal of 70, has an unknown outcome and is applied nowhere.
 */

type Run = HistoryRecord[];
type Fields = Readonly<Record<string, unknown>>;

interface Plant {
  readonly title: string;
  readonly run?: 'unknown';
  readonly plant: (run: Run) => void;
  readonly kind: ViolationKind;
  readonly cause: Cause;
  /** The operation that must be named. */
  readonly event?: EventIdentity;
  /** The update that must be pointed to: its event, or its tx. */
  readonly update?: EventIdentity | string;
  readonly process?: string;
}

const at = (entry: number, position: number): EventIdentity => ({ entry, position });

function matches(record: HistoryRecord, fields: Fields): boolean {
  return Object.entries(fields).every(([name, value]) => {
    const own = (record as unknown as Fields)[name];
    return typeof value === 'object'
      ? JSON.stringify(own) === JSON.stringify(value)
      : own === value;
  });
}

/** Where the first record with these fields is. */
function find(run: Run, fields: Fields): number {
  const index = run.findIndex((record) => matches(record, fields));
  assert.notEqual(index, -1, `no record has ${JSON.stringify(fields)}`);
  return index;
}

function change(run: Run, fields: Fields, edit: Fields): void {
  const index = find(run, fields);
  run[index] = { ...run[index], ...edit } as HistoryRecord;
}

function changeAll(run: Run, fields: Fields, edit: Fields): void {
  for (const [index, record] of run.entries()) {
    if (matches(record, fields)) run[index] = { ...record, ...edit } as HistoryRecord;
  }
}

const remove = (run: Run, fields: Fields): void => void run.splice(find(run, fields), 1);

function removeAll(run: Run, fields: Fields): void {
  run.splice(0, run.length, ...run.filter((record) => !matches(record, fields)));
}

/** A second record like it, right behind it or behind that many others. */
function repeat(run: Run, fields: Fields, edit: Fields = {}, where?: number): void {
  const index = find(run, fields);
  const before = run[(where ?? index + 1) - 1];
  assert.ok(before);
  const { wall, mono } = before;
  run.splice(where ?? index + 1, 0, { ...run[index], wall, mono, ...edit } as HistoryRecord);
}

/** A branch gives another answer, and customer and history faithfully carry it. */
function lie(run: Run, event: EventIdentity, edit: Fields): void {
  const { message } = run[find(run, { kind: 'call', event })] as { readonly message: string };
  changeAll(run, { kind: 'reply', message }, edit);
  changeAll(run, { kind: 'return', message }, edit);
  changeAll(run, { kind: 'outcome', event }, edit);
}

const plants: readonly Plant[] = [
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
];

for (const { title, run: name = 'restart', plant, ...wanted } of plants) {
  test(`the first violation is named: ${title}`, async () => {
    const run = recordedRun(name);
    plant(run);
    const verdict = await checkRecords(run);
    assert.equal(verdict.verdict, 'invalid');
    const [first] = verdict.violations;
    assert.ok(first);
    assert.deepEqual(described(first, wanted), wanted, explain(verdict));
    const known = new Set(run);
    for (const { line, record } of first.records)
      assert.ok(known.has(record) && run[line - 1] === record);
  });
}

/** What the violation says about everything that is wanted. */
function described(violation: Violation, wanted: Omit<Plant, 'title' | 'plant' | 'run'>): unknown {
  const { kind, cause, operation, update, process } = violation;
  return {
    kind,
    cause,
    ...(wanted.event ? { event: operation?.event } : {}),
    ...(wanted.update === undefined
      ? {}
      : { update: typeof wanted.update === 'string' ? update?.tx : update?.event }),
    ...(wanted.process === undefined ? {} : { process }),
  };
}

test('the recorded runs themselves are valid', async () => {
  for (const name of ['restart', 'unknown'] as const) {
    const verdict = await checkRecords(recordedRun(name));
    assert.equal(verdict.verdict, 'valid', explain(verdict));
  }
});
