import fs from 'node:fs';
import path from 'node:path';
import { isAlive } from '../supervisor/life.ts';
import { runSecond } from '../supervisor/run-id.ts';
import { listRuns } from '../supervisor/run-folder.ts';
import { type RunRecord, runRecordFile } from '../supervisor/run-record.ts';
import { count } from './count.ts';
import type { ExitCode } from './exit-codes.ts';
import { shownPath, userPath } from './project.ts';

/** `tally runs`: one line for each run, oldest first. */
export function runsCommand({ runs, json }: { runs: string; json: boolean }): ExitCode {
  const folder = userPath(runs);
  const rows = listRuns(folder)
    .map((id) => readRow(folder, id))
    .toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
  if (json) for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  else if (rows.length === 0) process.stdout.write(`no runs in ${shownPath(folder)} yet\n`);
  else for (const row of rows) process.stdout.write(`${asLine(row)}\n`);
  return 0;
}

/** Ids tell the second of a start; of runs of one second their records tell more. */
const placeOf = ({ runId, startedAt }: Row): string => `${runSecond(runId)} ${startedAt ?? ''}`;

interface Row {
  readonly runId: string;
  readonly startedAt: string | null;
  readonly state: string;
  readonly exitCode: number | null;
  readonly verdict: string | null;
  readonly input: string | null;
  readonly visits: number | null;
  readonly events: number | null;
}

function readRow(folder: string, runId: string): Row {
  const record = readRecord(path.join(folder, runId, runRecordFile));
  return {
    runId,
    startedAt: record?.startedAt ?? null,
    state: stateOf(record),
    exitCode: record?.outcome?.exitCode ?? null,
    verdict: record?.outcome?.verdict ?? null,
    input: record?.input ?? null,
    visits: record?.visits ?? null,
    events: record?.events ?? null,
  };
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    // A run that never served, or that starts right now, has none.
    return undefined;
  }
}

function stateOf(record: RunRecord | undefined): string {
  if (record === undefined) return 'never served';
  if (record.outcome !== null) return record.outcome.reason;
  return isAlive(record.supervisor) ? 'going on' : 'killed';
}

const asLine = ({ runId, verdict, state, exitCode, input, visits, events }: Row): string =>
  [
    runId,
    (verdict ?? '-').padEnd(8),
    String(exitCode ?? '-').padStart(3),
    state.padEnd(18),
    `${count(visits ?? 0, 'customer')}, ${count(events ?? 0, 'event')}`,
    input === null ? '' : shownPath(input),
  ].join('  ');
