import type { HistoryRecord } from '../bank/history.ts';
import { conclude, unreadable } from './conclude.ts';
import type { Conclusion } from './conclude.ts';
import { HistoryCheck, firstManner } from './history-check.ts';
import type { Manner } from './history-check.ts';
import { followHistory, readHistory } from './read.ts';
import type { Reading, TakeRecord } from './read.ts';
import type { Evidence, Finding, Verdict, Violation } from './verdict.ts';

/** Gives every record of a history to `take`, from the first line on, as often as it is called. */
export type Source = (take: TakeRecord) => Promise<Reading>;

/**
 * Checks a recorded history, also one in progress or cut short, and also one whose branches
 * somebody else wrote. Reads it once; again when its lines are far out of order, or to quote the
 * lines that show a violation.
 * @param path of a `history.jsonl`
 * @throws what the file system throws
 */
export function checkHistory(path: string): Promise<Verdict> {
  return checkSource((take) => readHistory(path, take), `tally check ${path}`);
}

/**
 * The same for a history from anywhere.
 * @param command what a person types to repeat this check
 */
export async function checkSource(source: Source, command: string): Promise<Verdict> {
  let conclusion: Conclusion | undefined;
  for (let manner: Manner | undefined = firstManner; manner;) {
    const attempt: Attempt = await readOnce(source, manner);
    conclusion = attempt.conclusion;
    manner = attempt.again;
  }
  if (conclusion === undefined) throw new Error('a check ends with a conclusion');
  return verdictOf(conclusion, command, await quote(source, conclusion.findings));
}

/**
 * Checks a history while it is being written, so that the verdict is there soon after its end. A
 * second reading, where one is needed, reads the finished file.
 */
export class CheckAlong {
  readonly #ended = new AbortController();
  readonly #verdict: Promise<Verdict>;

  /** @param alsoTake is given every record once, as it is read for the first time */
  constructor(path: string, alsoTake: TakeRecord = () => {}) {
    let isFirst = true;
    const source: Source = (take) => {
      if (!isFirst) return readHistory(path, take);
      isFirst = false;
      const takeBoth: TakeRecord = (record, line) => {
        take(record, line);
        alsoTake(record, line);
      };
      return followHistory(path, takeBoth, this.#ended.signal);
    };
    this.#verdict = checkSource(source, `tally check ${path}`);
    // What the file system throws is told to who asks for the verdict.
    this.#verdict.catch(() => {});
  }

  /** The history has come to its end. */
  conclude(): Promise<Verdict> {
    this.#ended.abort();
    return this.#verdict;
  }
}

interface Attempt {
  readonly conclusion: Conclusion;
  readonly again: Manner | undefined;
}

async function readOnce(source: Source, manner: Manner): Promise<Attempt> {
  const check = new HistoryCheck(manner);
  const reading = await source((record, line) => check.take(record, line));
  const { run, obstacle } = check;
  if (run === undefined) {
    const missing = [...unreadable(reading), ...(obstacle === undefined ? [] : [obstacle])];
    return { conclusion: nothingChecked(reading, missing), again: undefined };
  }
  const conclusion = conclude(run, reading);
  return { conclusion, again: run.again(manner) };
}

function nothingChecked(reading: Reading, missing: readonly string[]): Conclusion {
  const summary = {
    lines: reading.lines,
    events: 0,
    answered: 0,
    unknownOutcomes: 0,
    branches: 0,
    checked: [],
    notChecked: [],
  };
  return { summary, findings: [], more: 0, missing };
}

/** Fetches the lines that the findings point to; nothing is read when there are none. */
async function quote(
  source: Source,
  findings: readonly Finding[],
): Promise<ReadonlyMap<number, HistoryRecord>> {
  const wanted = new Set(findings.flatMap(({ lines }) => lines));
  const quoted = new Map<number, HistoryRecord>();
  if (wanted.size > 0)
    await source((record, line) => {
      if (wanted.has(line)) quoted.set(line, record);
    });
  return quoted;
}

function verdictOf(
  { summary, findings, more, missing }: Conclusion,
  command: string,
  quoted: ReadonlyMap<number, HistoryRecord>,
): Verdict {
  if (findings.length > 0) {
    const violations = findings.map((finding) => violationOf(finding, quoted));
    return { verdict: 'invalid', summary, violations, more, missing, command };
  }
  if (missing.length > 0) return { verdict: 'unknown', summary, missing, command };
  return { verdict: 'valid', summary, command };
}

function violationOf(finding: Finding, quoted: ReadonlyMap<number, HistoryRecord>): Violation {
  const { lines, ...facts } = finding;
  const records = [...new Set(lines)].flatMap((line): Evidence[] => {
    const record = quoted.get(line);
    return record ? [{ line, record }] : [];
  });
  return { ...facts, records };
}
