import { checkHistory } from '../checker/check.ts';
import { explain, verdictLine } from '../checker/explain.ts';
import { verdictExitCode } from '../checker/verdict.ts';
import type { ExitCode } from './exit-codes.ts';
import { findRun } from './find-run.ts';
import { openTerminal } from './terminal.ts';

export interface CheckCommand {
  readonly run: string;
  readonly runs: string;
  readonly json: boolean;
}

/** `tally check`: reads nothing but the history, so it works on any recorded run, offline. */
export async function checkCommand({ run, runs, json }: CheckCommand): Promise<ExitCode> {
  const place = findRun(run, runs);
  if ('reason' in place) {
    const { line, style } = openTerminal(process.stderr);
    line(`${style('red', 'error:')} ${place.message}`);
    return 66;
  }
  const verdict = await checkHistory(place.history);
  if (json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  else if (verdict.verdict === 'valid') process.stdout.write(`${verdictLine(verdict)}\n`);
  else process.stdout.write(`${explain(verdict)}\n`);
  return verdictExitCode[verdict.verdict];
}
