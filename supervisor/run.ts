import type { Topology } from '../bank/topology.ts';
import type { Causes } from './cause.ts';
import type { Ecosystem } from './ecosystem.ts';
import type { LifeEvent } from './engine.ts';
import type { Plan } from './plan.ts';
import type { Ground } from './platform.ts';
import type { RunHistory } from './run-history.ts';

/** How the run is followed while it goes on. */
export interface Observer {
  /** A step of the run begins, in words: "starting 3 branches". */
  readonly phase: (text: string) => void;
  /** The branches that do not serve now, by their names: still coming up, or dead. */
  readonly absent: (branches: readonly string[]) => void;
  /** All branches serve; process ids by app name. */
  readonly serving: (pids: ReadonlyMap<string, number>) => void;
  /** The customer whose turn it is. */
  readonly turn: (entry: number) => void;
  /** The customer at work has so many answers. */
  readonly progress: (done: number, total: number) => void;
  /** A branch has a new place. */
  readonly moved: (place: NewPlace) => void;
  /** Something noteworthy that the run survives: a branch died and was started again. */
  readonly notice: (text: string) => void;
}

export type NewPlace = Extract<LifeEvent, { readonly type: 'moved' }>;

export interface Run {
  /** What the platform is called to people. */
  readonly platform: string;
  readonly plan: Plan;
  readonly ecosystem: Ecosystem;
  readonly causes: Causes;
  readonly observer: Observer;
  readonly history: RunHistory;
  readonly topology: Topology;
  readonly ground: Ground;
  readonly paceMs: number;
  /** A declared fault will kill the engine, which must be this run's alone. */
  readonly killsEngine: boolean;
  /** With `--hold`: the branches stay up until a signal; called when the wait begins. */
  readonly held: (() => void) | undefined;
}
