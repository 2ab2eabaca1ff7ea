import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryContent, HistoryRecord } from '../bank/history.ts';
import { explain, verdictLine } from '../checker/explain.ts';
import type { Verdict } from '../checker/verdict.ts';
import { randomRun } from './checker-random-run.ts';
import { checkRecords, recordedRun } from './checker-records.ts';

type Run = readonly HistoryRecord[];

/** Only the customers and the supervisor wrote something. */
const withoutBranches = (run: Run, ...branches: string[]): Run =>
  run.filter(({ process }) => !branches.includes(process));

const all = ['branch-1', 'branch-2', 'branch-3'];

const uncheckedOf = ({ summary }: Verdict): readonly string[] =>
  summary.notChecked.map(({ check }) => check);

test('branches that write nothing leave the customers’ view, and the verdict says so', async () => {
  const run = withoutBranches(recordedRun('restart'), ...all);
  const settled = await checkRecords(run);
  assert.equal(settled.verdict, 'valid', explain(settled));
  assert.deepEqual(uncheckedOf(settled), [
    'messages as sent',
    'every update applied once on every replica',
  ]);
  const silent = await checkRecords(run.filter(({ kind }) => kind !== 'settled'));
  assert.equal(silent.verdict, 'valid', explain(silent));
  assert.equal(
    verdictLine(silent),
    'valid: 10 events answered as one account would; the account ends at 575; not checked: messages as sent; every update applied once on every replica; final replicas equal',
  );
});

test('branches that write nothing are still held to what they settle on', async () => {
  const run = withoutBranches(recordedRun('restart'), ...all).map((record) =>
    record.kind === 'settled' && record.subject === 'branch-2'
      ? { ...record, version: 3, balance: 550 }
      : record,
  );
  const verdict = await checkRecords(run);
  assert.equal(verdict.verdict, 'invalid');
  const [first] = verdict.violations;
  assert.deepEqual(
    [first?.kind, first?.cause, first?.process],
    ['final-differs', 'lost', 'branch-2'],
  );
});

test('one branch that writes nothing does not hide what the others did', async () => {
  const run = withoutBranches(recordedRun('restart'), 'branch-3');
  const verdict = await checkRecords(run);
  assert.equal(verdict.verdict, 'valid', explain(verdict));
  const missing = run.filter((record) => record.kind !== 'apply' || record.version !== 4);
  assert.equal((await checkRecords(missing)).verdict, 'invalid');
});

const unfinished: readonly {
  title: string;
  edit: (run: Run) => Run;
  missing: readonly string[];
}[] = [
  {
    title: 'in progress',
    edit: (run) => run.filter(({ kind }) => kind !== 'end'),
    missing: ['the end of the run'],
  },
  {
    title: 'stopped by a signal',
    edit: (run) => {
      const visit = run.filter(({ process, kind }) => process !== 'visit-4' && kind !== 'settled');
      return visit.map((record) => (record.kind === 'end' ? { ...record, exitCode: 130 } : record));
    },
    missing: [
      'answers to 3 of 10 events, the first event 1 of entry 4',
      'the final state of branch-1',
      'the final state of branch-2',
      'the final state of branch-3',
    ],
  },
  {
    title: 'without the record of the run',
    edit: (run) => run.slice(1),
    missing: ['the record of the run'],
  },
];

for (const { title, edit, missing } of unfinished) {
  test(`a run ${title} is unknown, and what is missing is named`, async () => {
    const verdict = await checkRecords(edit(recordedRun('restart')));
    assert.equal(verdict.verdict, 'unknown', explain(verdict));
    assert.deepEqual(verdict.missing, missing);
  });
}

test('a violation in a run that is cut short is a violation', async () => {
  const run = recordedRun('restart').map((record) =>
    record.kind === 'apply' && record.version === 2 ? { ...record, balance: 1 } : record,
  );
  const verdict = await checkRecords(run.slice(0, 80));
  assert.equal(verdict.verdict, 'invalid');
  assert.deepEqual(verdict.missing.slice(0, 1), ['the end of the run']);
});

test('a search that is given up is unknown, never valid or invalid', async () => {
  const shape = { branches: 1, visits: 30, events: 30, overlapping: true, calm: true } as const;
  const run = randomRun(1, shape).filter(({ process }) => !process.startsWith('branch-'));
  const versionless = run.map((record) => {
    if (record.kind !== 'return' && record.kind !== 'outcome') return record;
    const { version: _, ...rest } = record;
    return rest;
  });
  const withVersions = await checkRecords(run);
  assert.equal(withVersions.verdict, 'valid', explain(withVersions));
  const verdict = await checkRecords(versionless);
  assert.equal(verdict.verdict, 'unknown', explain(verdict));
  assert.match(verdict.missing.join(), /an order for all overlapping operations/);
});

test('the clocks of several machines are not compared more finely than they agree', async () => {
  const run = recordedRun('restart').map((record): HistoryRecord => {
    if (record.kind === 'online') return { ...record, node: `node-of-${record.subject}` };
    // Customers' machines count from another start, and one wall clock is 30 ms behind.
    const late = record.process === 'visit-4' ? 30 : 0;
    const mono = record.process.startsWith('visit-') ? record.mono % 1_000_000 : record.mono;
    return { ...record, mono, wall: record.wall - late };
  });
  const verdict = await checkRecords(run);
  assert.equal(verdict.verdict, 'valid', explain(verdict));
});

test('what clients outside the run do counts', async () => {
  const run = recordedRun('restart');
  const settled = run.findIndex(({ kind }) => kind === 'settled');
  const outside = outsideDeposit(run[settled - 1]);
  const held = [...run.slice(0, settled), ...outside, ...run.slice(settled)].map((record) =>
    record.kind === 'settled' ? { ...record, version: 5, balance: 576 } : record,
  );
  const verdict = await checkRecords(held);
  assert.equal(verdict.verdict, 'valid', explain(verdict));
  assert.deepEqual(verdict.summary.final, { version: 5, balance: 576 });
  assert.equal((await checkRecords(held.filter((record) => !isLast(record)))).verdict, 'invalid');
});

test('what clients outside the run do after the branches settled may be unfinished', async () => {
  const run = recordedRun('restart');
  const stop = run.findIndex(({ kind }) => kind === 'stop');
  const outside = outsideDeposit(run[stop - 1]).filter((record) => !isLast(record));
  const verdict = await checkRecords([...run.slice(0, stop), ...outside, ...run.slice(stop)]);
  assert.equal(verdict.verdict, 'unknown', explain(verdict));
  assert.deepEqual(verdict.missing, ['version 5 on branch-3']);
});

/** The application of that deposit at branch 3. */
function isLast(record: HistoryRecord): boolean {
  return record.kind === 'apply' && record.version === 5 && record.process === 'branch-3';
}

/** A deposit of 1 at branch 1, as its branches write it. */
function outsideDeposit(before: HistoryRecord | undefined): HistoryRecord[] {
  assert.ok(before);
  const { wall, mono, clock } = before;
  const update = { tx: '1.3', version: 5, delta: 1 };
  const message = 'branch-1/0/outside-1';
  const say = (process: string, content: HistoryContent): HistoryRecord => ({
    process,
    life: process === 'branch-2' ? 1 : 0,
    wall,
    mono,
    clock,
    ...content,
  });
  return [
    say('branch-1', {
      kind: 'receive',
      message,
      from: 'somebody',
      outside: true,
      interface: 'deposit',
      money: 1,
    }),
    ...all.map((process) => say(process, { kind: 'prepare', origin: 1, ...update })),
    say('branch-1', { kind: 'decide', tx: '1.3', decision: 'committed' }),
    ...all.map((process) => say(process, { kind: 'apply', ...update, balance: 576 })),
    say('branch-1', {
      kind: 'reply',
      message,
      interface: 'deposit',
      to: 'somebody',
      result: 'success',
      version: 5,
    }),
  ];
}
