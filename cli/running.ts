import type { Scenario } from '../bank/scenario.ts';
import type { Causes } from '../supervisor/cause.ts';
import type { OutputPlace } from '../supervisor/output-file.ts';
import type { RunCommand } from './command-line.ts';
import type { Voice } from './voice.ts';

/** A run on its way: what was asked for, and what went wrong so far. */
export interface Running {
  readonly command: RunCommand;
  readonly voice: Voice;
  readonly scenario: Scenario;
  readonly place: OutputPlace;
  readonly causes: Causes;
  readonly startedMs: number;
}
