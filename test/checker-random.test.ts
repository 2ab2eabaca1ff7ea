import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import { explain } from '../checker/explain.ts';
import { randomRun } from './checker-random-run.ts';
import type { Shape } from './checker-random-run.ts';
import { checkRecords, randomFrom, recordedRun } from './checker-records.ts';

const runs = 400;

/** Each seed another size, with customers one by one or all at once. */
function shapeOf(seed: number): Shape {
  return {
    branches: 1 + (seed % 4),
    visits: 1 + (seed % 5),
    events: 1 + (seed % 6),
    overlapping: seed % 2 === 0,
  };
}

const isCustomers = ({ process }: HistoryRecord): boolean => !process.startsWith('branch-');

/** What is left when branches write nothing, and perhaps answer without versions. */
function customersView(run: readonly HistoryRecord[], versions: boolean): HistoryRecord[] {
  const kept = run.filter(isCustomers);
  if (versions) return kept;
  return kept.map((record) =>
    record.kind === 'return' || record.kind === 'outcome' ? without(record) : record,
  );
}

function without<Record extends { readonly version?: number }>(record: Record): Record {
  const { version: _, ...rest } = record;
  return rest as Record;
}

/** The same lines in another order: that of each process stays. */
function shuffled(run: readonly HistoryRecord[], seed: number): HistoryRecord[] {
  const random = randomFrom(seed);
  const names = [...new Set(run.map(({ process }) => process))];
  const queues = names.map((name) => run.filter(({ process }) => process === name));
  const order: HistoryRecord[] = [];
  while (order.length < run.length) {
    const left = queues.filter((queue) => queue.length > 0);
    const next = left[Math.floor(random() * left.length)]?.shift();
    if (next) order.push(next);
  }
  return order;
}

async function assertValid(run: readonly HistoryRecord[], what: string): Promise<void> {
  const verdict = await checkRecords(run);
  assert.equal(verdict.verdict, 'valid', `${what}: ${explain(verdict)}`);
}

test('random valid histories are never rejected', async () => {
  for (let seed = 1; seed <= runs; seed += 1)
    await assertValid(randomRun(seed, shapeOf(seed)), `seed ${seed}`);
});

test('nor are their lines in any order between processes', async () => {
  for (let seed = 1; seed <= runs; seed += 1)
    await assertValid(shuffled(randomRun(seed, shapeOf(seed)), seed), `seed ${seed}`);
  for (let seed = 1; seed <= 50; seed += 1) {
    await assertValid(shuffled(recordedRun('restart'), seed), `restart, seed ${seed}`);
    await assertValid(shuffled(recordedRun('unknown'), seed), `unknown, seed ${seed}`);
    // So short that not the times but the messages show that lines are out of order.
    const short = recordedRun('restart').map((record) => ({
      ...record,
      mono: record.mono / 1_000,
    }));
    await assertValid(shuffled(short, seed), `short, seed ${seed}`);
  }
});

test('nor is what is left when branches write nothing', async () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    // Without the branches' records nobody knows of updates by clients outside the run.
    const run = randomRun(seed, shapeOf(seed));
    if (run.some((record) => record.kind === 'receive' && record.outside)) continue;
    await assertValid(customersView(run, true), `seed ${seed} with versions`);
    await assertValid(customersView(run, false), `seed ${seed} without versions`);
  }
});

test('a history that is cut off anywhere is unknown', async () => {
  const histories = [recordedRun('restart'), recordedRun('unknown'), randomRun(7, shapeOf(12))];
  for (const run of histories) {
    for (let length = 0; length < run.length; length += 1) {
      const verdict = await checkRecords(run.slice(0, length));
      assert.equal(verdict.verdict, 'unknown', `${length} lines: ${explain(verdict)}`);
    }
  }
});
