import fs from 'node:fs';
import type { EventResult, ResultLine } from '../bank/result.ts';
import { inspectResults } from '../process/result-lines.ts';

export interface VisitResult {
  /** In the order in which they were received. */
  readonly results: readonly EventResult[];
  /** True only if the customer said that these are all. */
  readonly complete: boolean;
}

const nothing: VisitResult = { results: [], complete: false };

/** Reads what a customer wrote; a torn last line, from a death in mid-write, does not count. */
export function readVisitResult(file: string): VisitResult {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return nothing;
  }
  return parseVisitResult(text);
}

/** Whether the customer has said that it is done; what it received is not read for that. */
export function isVisitComplete(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    return inspectResults(descriptor).isComplete;
  } finally {
    fs.closeSync(descriptor);
  }
}

export function parseVisitResult(text: string): VisitResult {
  // What stands behind the last line end is torn, or nothing.
  const lines = text.split('\n').slice(0, -1);
  const results: EventResult[] = [];
  for (const line of lines) {
    const parsed = parseLine(line);
    if (parsed === undefined) return { results, complete: false };
    if ('complete' in parsed) return { results, complete: parsed.complete === results.length };
    results.push(parsed);
  }
  return { results, complete: false };
}

function parseLine(line: string): ResultLine | undefined {
  try {
    return JSON.parse(line) as ResultLine;
  } catch {
    return undefined;
  }
}
