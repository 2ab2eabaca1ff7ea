/** What follows the last process of a run: merge, check, output, report, and the last words. */
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { OutputEntry } from '../bank/answer.ts';
import { runFiles } from '../bank/topology.ts';
import type { CheckAlong } from '../checker/check.ts';
import { explain, verdictLine } from '../checker/explain.ts';
import type { Verdict } from '../checker/verdict.ts';
import { checkOutput } from '../input/output.ts';
import { type ReportDraft, writeReport } from '../report/render.ts';
import { fileTrouble } from '../supervisor/file-trouble.ts';
import { mergeResults, onlySuccessful } from '../supervisor/merge.ts';
import { formatOutput } from '../supervisor/output-format.ts';
import { writeOutput, writePartial } from '../supervisor/output-file.ts';
import type { RunRecorder } from '../supervisor/run-record.ts';
import type { Stage } from '../supervisor/stage.ts';
import { readVisitResult } from '../supervisor/visit-result.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { shownPath } from './project.ts';
import type { Running } from './running.ts';

/** What went along with the run from its beginning. */
export interface Companions {
  readonly recorder: RunRecorder;
  readonly check: CheckAlong;
  readonly draft: ReportDraft;
}

export async function finish(
  running: Running,
  stage: Stage,
  { recorder, check, draft }: Companions,
): Promise<ExitCode> {
  const { causes, voice } = running;
  const { plan, history } = stage;
  const { entries, undecided } = mergeResults(
    running.scenario,
    resultsIn(plan.folder),
    causes.isHalted,
  );
  for (const cause of undecided) causes.note(cause);
  history.write({ kind: 'end', ...decided(running) });
  const verdict = await check.conclude();
  noteVerdict(running, verdict);
  const output = await deliver(running, plan.folder, entries);
  const report = path.join(plan.folder, 'report.html');
  const source = { history: path.join(plan.folder, runFiles.history), draft };
  await noteTrouble(running, report, () => writeReport(source, verdict, report));
  await noteTrouble(running, `${plan.folder}/run.json`, () =>
    recorder.ended({ ...decided(running), verdict: verdict.verdict, output, causes: causes.all }),
  );
  for (const cause of causes.all) voice.error(cause);
  const { exitCode, reason } = decided(running);
  voice.end({
    exitCode,
    reason,
    lines: lastWords(running, { verdict, output, report, folder: plan.folder }),
  });
  return exitCode;
}

const resultsIn = (folder: string) => (entry: number) =>
  readVisitResult(path.join(folder, runFiles.visitResult(entry)));

/** A disk that is full by now must not hide how the run ended. */
async function noteTrouble({ causes }: Running, file: string, write: () => unknown): Promise<void> {
  try {
    await write();
  } catch (error) {
    const trouble = fileTrouble(error, file);
    if (trouble === undefined) throw error;
    causes.note(trouble);
  }
}

function decided({ causes }: Running): { exitCode: ExitCode; reason: string } {
  const { deciding } = causes;
  if (deciding === undefined) return { exitCode: 0, reason: 'served' };
  return { exitCode: exitCodeOf[deciding.reason], reason: deciding.reason };
}

/** A run that was stopped has an unfinished history, which is no news. */
function noteVerdict({ causes }: Running, verdict: Verdict): void {
  if (verdict.verdict === 'invalid') {
    causes.note({ reason: 'history-invalid', message: explain(verdict) });
  } else if (verdict.verdict === 'unknown' && causes.deciding === undefined) {
    causes.note({ reason: 'history-unknown', message: explain(verdict) });
  }
}

/** Writes the output, whole or partial, also into the run's folder; answers where it is. */
async function deliver(
  running: Running,
  folder: string,
  entries: readonly OutputEntry[],
): Promise<string | null> {
  const { command, voice, place, causes } = running;
  const wrong = checkOutput(entries);
  if (wrong !== undefined) throw new Error(`the merged output breaks its schema: ${wrong}`);
  const kept = command.successfulOnly ? onlySuccessful(entries) : entries;
  const text = formatOutput(kept, command.format);
  const name = causes.isHalted ? 'output.partial.json' : 'output.json';
  await writeOutput({ kind: 'file', path: path.join(folder, name) }, text);
  if (!causes.isHalted && place.kind === 'file' && text.length <= limits.printedOutputLetters)
    voice.output(text);
  const written = causes.isHalted ? writePartial(place, text) : await writeOutput(place, text);
  if (typeof written === 'object') {
    causes.note(written);
    return null;
  }
  if (causes.isHalted) return written ?? null;
  return place.kind === 'standard-output' ? null : place.path;
}

interface Told {
  readonly verdict: Verdict;
  readonly output: string | null;
  readonly report: string;
  readonly folder: string;
}

function lastWords(running: Running, { verdict, output, report, folder }: Told): string[] {
  const { exitCode, reason } = decided(running);
  const seconds = ((performance.now() - running.startedMs) / 1_000).toFixed(1);
  const ending =
    exitCode === 0
      ? `served in ${seconds} s`
      : `ended after ${seconds} s: ${reason}, exit code ${exitCode}`;
  const partial = running.causes.isHalted ? ' (partial)' : '';
  return [
    `  check   ${verdictLine(verdict)}`,
    ...(output === null ? [] : [`  output  ${shownPath(output)}${partial}`]),
    `  report  ${shownPath(report)}`,
    `  folder  ${shownPath(folder)}`,
    ending,
  ];
}
