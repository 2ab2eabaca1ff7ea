/** `run.json`: what a run is, and how it ended, for people and tools. */
import path from 'node:path';
import type { Cause } from './cause.ts';
import type { ProcessIdentity } from './life.ts';
import { self } from './owner.ts';
import type { Plan } from './plan.ts';
import type { NewPlace } from './run.ts';
import { writeJson } from './run-folder.ts';

export interface RunRecord {
  readonly runId: string;
  readonly state: 'serving' | 'ended';
  readonly input: string;
  /** Null: standard output. */
  readonly output: string | null;
  readonly versions: { readonly tally: string; readonly node: string; readonly engine: string };
  readonly startedAt: string;
  readonly servingAt: string | null;
  readonly endedAt: string | null;
  /** Tells whether a run that has not ended is still going on. */
  readonly supervisor: ProcessIdentity;
  readonly socketFolder: string;
  readonly visits: number;
  readonly events: number;
  readonly branches: readonly {
    readonly id: number;
    readonly app: string;
    readonly pid: number | null;
    readonly target: string;
    /** The machine it runs on, when there are several. */
    readonly node?: string;
  }[];
  readonly outcome: RunOutcome | null;
}

export interface RunOutcome {
  readonly exitCode: number;
  /** "served", or what decided the exit code. */
  readonly reason: string;
  readonly verdict: string | null;
  /** Path of the output, or of the partial one. */
  readonly output: string | null;
  readonly causes: readonly Cause[];
}

export type RunFacts = Pick<RunRecord, 'input' | 'output' | 'visits' | 'events'> & {
  readonly tally: string;
  readonly engine: string;
};

export const runRecordFile = 'run.json';

/** Keeps `run.json` up to date: written when the branches serve and when the run has ended. */
export class RunRecorder {
  private record: RunRecord;
  private readonly file: string;

  constructor(plan: Plan, facts: RunFacts) {
    const { tally, engine, ...shared } = facts;
    this.file = path.join(plan.folder, runRecordFile);
    this.record = {
      runId: plan.runId,
      state: 'serving',
      ...shared,
      versions: { tally, node: process.version, engine },
      startedAt: new Date().toISOString(),
      servingAt: null,
      endedAt: null,
      supervisor: self(),
      socketFolder: plan.socketFolder,
      branches: plan.branches.map(({ id, app, target, node }) => ({
        id,
        app,
        pid: null,
        target,
        ...(node === undefined ? {} : { node }),
      })),
      outcome: null,
    };
  }

  serving(pids: ReadonlyMap<string, number>): void {
    this.record = {
      ...this.record,
      servingAt: new Date().toISOString(),
      branches: this.record.branches.map((branch) => ({
        ...branch,
        pid: pids.get(branch.app) ?? null,
      })),
    };
    writeJson(this.file, this.record);
  }

  moved({ name, target, node }: NewPlace): void {
    this.record = {
      ...this.record,
      branches: this.record.branches.map((branch) =>
        branch.app === name ? { ...branch, target, node } : branch,
      ),
    };
    writeJson(this.file, this.record);
  }

  ended(outcome: RunOutcome): void {
    const endedAt = new Date().toISOString();
    this.record = { ...this.record, state: 'ended', endedAt, outcome };
    writeJson(this.file, this.record);
  }
}
