import { countEvents, type Scenario } from '../bank/scenario.ts';
import type { ValidateCommand } from './command-line.ts';
import { count } from './count.ts';
import type { ExitCode } from './exit-codes.ts';
import { readInput } from './read-input.ts';
import type { Voice } from './voice.ts';

/** `tally validate`: all files, all problems; the exit code is that of the first wrong file. */
export async function validateCommand(
  { files, faults }: Pick<ValidateCommand, 'files' | 'faults'>,
  voice: Voice,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  for (const file of files) {
    const read = await readInput({ input: file, faults }, voice);
    if (read.ok) voice.start(`${file}: valid, ${describe(read.scenario)}`);
    else if (exitCode === 0) exitCode = read.exitCode;
  }
  return exitCode;
}

const describe = (scenario: Scenario): string =>
  [
    count(scenario.branches.length, 'branch', 'branches'),
    count(scenario.visits.length, 'customer'),
    count(countEvents(scenario), 'event'),
    ...(scenario.faults.length === 0 ? [] : [count(scenario.faults.length, 'fault')]),
  ].join(', ');
