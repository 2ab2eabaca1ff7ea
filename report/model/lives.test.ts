import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../../bank/history.ts';
import { sampleHistory } from '../../test/sample-history.ts';
import type { Band, Columns, StartColumn } from '../data.ts';
import { lanesOf } from './lanes.ts';
import { Lives } from './lives.ts';
import { Texts } from './texts.ts';

interface Told {
  readonly bands: readonly Band[];
  readonly starts: Columns<StartColumn>;
  readonly texts: readonly string[];
}

/** A run of three branches, of which one dies and comes back. */
const records = [...sampleHistory({ branches: 3, visits: [1, 2], eventsPerVisit: 3, crash: true })];

function livesOf(told: readonly HistoryRecord[]): Told {
  const [run] = told;
  assert.equal(run?.kind, 'run');
  const texts = new Texts();
  const lives = new Lives(lanesOf(run), texts, 100);
  for (const record of told)
    if ('subject' in record && record.kind !== 'settled') lives.add(record, record.mono, 1);
  const starts = lives.finish(records.at(-1)?.mono ?? 0);
  return { bands: lives.bands, starts, texts: texts.all };
}

/** Branch and customer on machines of their own, a branch that was started again on a third. */
function nodeOf({ subject, pid }: { readonly subject: string; readonly pid: number }): string {
  if (pid > 3_000) return 'spare';
  return subject.startsWith('branch') ? 'big' : 'small';
}

test('each life tells its machine, where there are several', () => {
  const { bands, starts, texts } = livesOf(
    records.map((record) =>
      record.kind === 'online' ? { ...record, node: nodeOf(record) } : record,
    ),
  );
  const places = starts.process.map(
    (name, row) => `${texts[name ?? -1]} ${starts.life[row]} ${texts[starts.node[row] ?? -1]}`,
  );
  assert.deepEqual(places.toSorted(), [
    'branch-1 0 big',
    'branch-2 0 big',
    'branch-2 1 spare',
    'branch-3 0 big',
    'visit-1 0 small',
    'visit-2 0 small',
  ]);
  const alive = bands.filter(({ kind }) => kind === 'alive').map(({ text }) => text);
  assert.deepEqual(alive.toSorted(), [
    'branch-1 runs on big',
    'branch-2 runs again (restart 1) on spare',
    'branch-2 runs on big',
    'branch-3 runs on big',
  ]);
});

test('on one machine none is told', () => {
  const { bands, starts } = livesOf(records);
  assert.deepEqual(starts.node, []);
  assert.ok(bands.every(({ text }) => !text.includes(' on ')));
});

test('a branch whose machine is lost is down from then on', () => {
  const told = records.map((record): HistoryRecord => {
    if (record.kind !== 'exit' || record.signal === undefined) return record;
    const { process, life, wall, mono, clock, subject } = record;
    return { process, life, wall, mono, clock, kind: 'lost', subject, node: 'small' };
  });
  const down = livesOf(told).bands.filter(({ kind }) => kind === 'down');
  assert.deepEqual(
    down.map(({ text }) => text),
    ['branch-2 is lost with its machine, small'],
  );
});
