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

export type Run = HistoryRecord[];
type Fields = Readonly<Record<string, unknown>>;

export interface Plant {
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
  /** Nothing else is wrong. */
  readonly alone?: true;
}

export const at = (entry: number, position: number): EventIdentity => ({ entry, position });

export function matches(record: HistoryRecord, fields: Fields): boolean {
  return Object.entries(fields).every(([name, value]) => {
    const own = (record as unknown as Fields)[name];
    return typeof value === 'object'
      ? JSON.stringify(own) === JSON.stringify(value)
      : own === value;
  });
}

/** Where the first record with these fields is. */
export function find(run: Run, fields: Fields): number {
  const index = run.findIndex((record) => matches(record, fields));
  assert.notEqual(index, -1, `no record has ${JSON.stringify(fields)}`);
  return index;
}

export function change(run: Run, fields: Fields, edit: Fields): void {
  const index = find(run, fields);
  run[index] = { ...run[index], ...edit } as HistoryRecord;
}

export function changeAll(run: Run, fields: Fields, edit: Fields): void {
  for (const [index, record] of run.entries()) {
    if (matches(record, fields)) run[index] = { ...record, ...edit };
  }
}

export const remove = (run: Run, fields: Fields): void => void run.splice(find(run, fields), 1);

export function removeAll(run: Run, fields: Fields): void {
  run.splice(0, run.length, ...run.filter((record) => !matches(record, fields)));
}

/** A second record like it, right behind it or behind that many others. */
export function repeat(run: Run, fields: Fields, edit: Fields = {}, where?: number): void {
  const index = find(run, fields);
  const before = run[(where ?? index + 1) - 1];
  assert.ok(before);
  const { wall, mono } = before;
  run.splice(where ?? index + 1, 0, { ...run[index], wall, mono, ...edit } as HistoryRecord);
}

/** A branch gives another answer, and customer and history faithfully carry it. */
export function lie(run: Run, event: EventIdentity, edit: Fields): void {
  const { message } = run[find(run, { kind: 'call', event })] as { readonly message: string };
  changeAll(run, { kind: 'reply', message }, edit);
  changeAll(run, { kind: 'return', message }, edit);
  changeAll(run, { kind: 'outcome', event }, edit);
}

/** Each plant is a test: the first violation of the verdict is the planted one. */
export function testPlants(plants: readonly Plant[]): void {
  for (const { title, run: name = 'restart', plant, ...wanted } of plants) {
    test(`the first violation is named: ${title}`, async () => {
      const run = recordedRun(name);
      plant(run);
      const verdict = await checkRecords(run);
      assert.equal(verdict.verdict, 'invalid');
      const [first] = verdict.violations;
      assert.ok(first);
      assert.deepEqual(described(first, wanted), wanted, explain(verdict));
      if (wanted.alone) assert.equal(verdict.violations.length + verdict.more, 1, explain(verdict));
      const known = new Set(run);
      for (const { line, record } of first.records)
        assert.ok(known.has(record) && run[line - 1] === record);
    });
  }
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
    ...(wanted.alone ? { alone: true } : {}),
  };
}
