/** Histories of runs that lost a machine, and with it the last lines of what ran there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import { checkRecords, recordedRun } from './checker-records.ts';

type Run = readonly HistoryRecord[];

/** The recorded run, as if branch 2 had not died but been lost: its ledger too. */
const lostRun = (state: { version: number; balance: number }): Run =>
  recordedRun('restart').map((record): HistoryRecord => {
    if (record.kind === 'exit' && record.subject === 'branch-2' && record.pid === 28_341) {
      const { process, life, wall, mono, clock } = record;
      const stamp = { process, life, wall, mono, clock };
      return { ...stamp, kind: 'lost', subject: 'branch-2', node: 'node-2' };
    }
    if (record.kind !== 'replay' || record.life === 0) return record;
    return { ...record, kind: 'recover', incarnation: 2, ...state };
  });

const truth = { version: 2, balance: 620 };

/** Without the last so many lines of a process's first life. */
function without(run: Run, process: string, count: number): Run {
  const lines = run.filter((record) => record.process === process && record.life === 0);
  const missing = new Set(lines.slice(lines.length - count));
  return run.filter((record) => !missing.has(record));
}

const firstLife = lostRun(truth).filter(
  ({ process, life }) => process === 'branch-2' && life === 0,
);
const every = Array.from({ length: firstLife.length + 1 }, (_, count) => count);

test('whatever last lines of a lost life are missing, the run is valid', async () => {
  assert.ok(every.length > 20);
  for (const count of every) {
    const verdict = await checkRecords(without(lostRun(truth), 'branch-2', count));
    assert.equal(verdict.verdict, 'valid', `without ${count}: ${JSON.stringify(verdict)}`);
  }
});

test('the same lines missing of a life that was not lost are a violation', async () => {
  const kept = lostRun(truth).filter(({ kind }) => kind !== 'lost');
  const verdicts = await Promise.all(
    every.map((count) => checkRecords(without(kept, 'branch-2', count))),
  );
  assert.ok(verdicts.some(({ verdict }) => verdict === 'invalid'));
});

test('lines that are missing of a fellow of the lost branch are a violation as ever', async () => {
  const verdict = await checkRecords(
    lostRun(truth).filter(({ kind, process }) => kind !== 'apply' || process !== 'branch-3'),
  );
  assert.equal(verdict.verdict, 'invalid');
});

const wrong = [
  { title: 'another balance than its fellows', state: { version: 2, balance: 621 } },
  { title: 'an older version than it had', state: { version: 1, balance: 450 } },
  { title: 'a version that nobody has', state: { version: 3, balance: 620 } },
];

for (const { title, state } of wrong) {
  test(`a branch that recovers ${title} is found`, async () => {
    const verdict = await checkRecords(lostRun(state));
    assert.ok(verdict.verdict === 'invalid');
    const [first] = verdict.violations;
    assert.equal(first?.process, 'branch-2');
  });
}

test('an answer that was lost with its customer’s machine is missing, not wrong', async () => {
  const run = [...recordedRun('restart')];
  const exit = run.findIndex(({ kind, ...rest }) => kind === 'exit' && isOf(rest, 'visit-4'));
  const { process, life, wall, mono, clock } = run[exit] ?? assert.fail('visit 4 has no end');
  const stamp = { process, life, wall, mono, clock };
  run[exit] = { ...stamp, kind: 'lost', subject: 'visit-4', node: 'node-1' };
  const verdict = await checkRecords(without(run, 'visit-4', 1));
  assert.ok(verdict.verdict === 'unknown', JSON.stringify(verdict));
  assert.match(verdict.missing.join(), /lost with a machine/);
});

const isOf = (record: object, subject: string): boolean =>
  'subject' in record && record.subject === subject;
