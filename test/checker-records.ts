import fs from 'node:fs';
import path from 'node:path';
import type { HistoryRecord } from '../bank/history.ts';
import { checkSource } from '../checker/check.ts';
import type { Verdict } from '../checker/verdict.ts';
import { projectFolder } from './project.ts';

/** A real run that was recorded: `restart`, where a branch is killed, or `unknown`, where one hangs. */
export function recordedRun(name: 'restart' | 'unknown'): HistoryRecord[] {
  const file = path.join(projectFolder, 'test/fixtures', `${name}.history.jsonl`);
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as HistoryRecord);
}

/** Checks records that are in no file. */
export function checkRecords(records: readonly HistoryRecord[]): Promise<Verdict> {
  const reading = { lines: records.length, unreadable: [], unreadableCount: 0, torn: false };
  return checkSource((take) => {
    records.forEach((record, index) => take(record, index + 1));
    return Promise.resolve(reading);
  }, 'tally check');
}

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
