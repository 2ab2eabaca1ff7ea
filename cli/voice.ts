/** What a command says while it works and at its end; who listens decides the form. */

import type { Problem } from '../input/problem.ts';

/** How far a run is. */
export interface Progress {
  readonly branches: number;
  readonly branchesServing: number;
  readonly visits: number;
  readonly visitsDone: number;
  readonly events: number;
  readonly eventsDone: number;
  /** The process that is waited for, such as "visit-3 (customer 3)" or "branch-2". */
  readonly waitingFor: string;
}

export interface Ended {
  readonly exitCode: number;
  readonly reason: string;
  /** One line for each result worth telling: the verdict, where things are. */
  readonly lines: readonly string[];
}

export interface Voice {
  readonly start: (title: string) => void;
  /** Something in an input file that is wrong, or that is worth a second look. */
  readonly problem: (severity: 'error' | 'warning', problem: Problem) => void;
  readonly phase: (text: string) => void;
  readonly progress: (progress: Progress) => void;
  /** Something noteworthy that is not wrong: a branch was started again. */
  readonly notice: (text: string) => void;
  readonly error: (cause: { readonly reason: string; readonly message: string }) => void;
  /** The merged output, for people who want to see it at once. */
  readonly output: (text: string) => void;
  readonly end: (ended: Ended) => void;
}
