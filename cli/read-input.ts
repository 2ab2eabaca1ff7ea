import type { Scenario } from '../bank/scenario.ts';
import { readFaults, type ReadFailure, readScenario } from '../input/read.ts';
import type { ExitCode } from './exit-codes.ts';
import { userPath } from './project.ts';
import type { Voice } from './voice.ts';

export type InputRead =
  | { readonly ok: true; readonly scenario: Scenario; readonly text: string }
  | { readonly ok: false; readonly exitCode: ExitCode };

/** What is asked for: an input, and perhaps a file of faults that are to strike it. */
export interface InputOrder {
  readonly input: string;
  readonly faults: string | undefined;
}

/** The scenario that is asked for, with the faults of `--faults`; says what is wrong. */
export async function readInput(order: InputOrder, voice: Voice): Promise<InputRead> {
  const input = await readOne(order.input, voice);
  if (!input.ok || order.faults === undefined) return input;
  const faults = await readFaults(fileName(order.faults), input.scenario);
  if (!faults.ok) return refuse(faults, voice);
  const scenario = { ...input.scenario, faults: [...input.scenario.faults, ...faults.value] };
  return { ...input, scenario };
}

async function readOne(name: string, voice: Voice): Promise<InputRead> {
  const read = await readScenario(fileName(name));
  if (!read.ok) return refuse(read, voice);
  for (const warning of read.warnings) voice.problem('warning', warning);
  return { ok: true, scenario: read.value, text: read.text };
}

const fileName = (name: string): { path: string; name: string } => ({
  path: name === '-' ? '-' : userPath(name),
  name: name === '-' ? 'standard input' : name,
});

function refuse(failure: ReadFailure, voice: Voice): InputRead {
  for (const problem of failure.problems) voice.problem('error', problem);
  if (failure.more > 0) {
    const message = `${failure.more} more problems are not shown; fix these first`;
    voice.error({ reason: 'rules', message });
  }
  return { ok: false, exitCode: exitCodes[failure.reason] };
}

const exitCodes: Record<ReadFailure['reason'], ExitCode> = {
  missing: 66,
  directory: 66,
  unreadable: 66,
  empty: 65,
  syntax: 65,
  'too-large': 65,
  rules: 65,
};
