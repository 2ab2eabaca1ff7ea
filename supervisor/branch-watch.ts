import { addressOwner } from './address-owner.ts';
import type { Causes } from './cause.ts';
import type { Exit } from './engine.ts';
import { limits } from '../bank/limits.ts';
import type { PlannedBranch } from './plan.ts';
import { lastWords } from './tail.ts';

/** Asks a branch until it serves; answers why not if it does not within the deadline. */
export type ProbeHealth = (branch: PlannedBranch, withinMs: number) => Promise<object | undefined>;

/**
 * A branch as the supervisor sees it:
 *
 *     started -- health SERVING --> serving -- exit --> started ...
 *        \-- exit, too often ----> given up (the run stops)
 */
type BranchState =
  | { readonly state: 'started'; readonly deaths: number; readonly exit?: Exit }
  | { readonly state: 'serving'; readonly pid: number };

/** Exit codes after which a branch is not started again: see `ecosystem.template.js`. */
const finalExits = new Map([
  [75, 'saw its supervisor gone'],
  [77, 'cannot use its ledger'],
]);
const addressUnusable = 76;

function addressTaken({ target }: PlannedBranch): string {
  const owner = addressOwner(target);
  return `cannot listen on its address${owner === undefined ? '' : `, which ${owner} holds`}`;
}

export interface WatchContext {
  readonly causes: Causes;
  readonly probe: ProbeHealth;
  /** Where a branch is, for people. */
  readonly whereIs: (branch: PlannedBranch) => string;
  readonly onServing: (branch: PlannedBranch) => void;
}

/** Follows the branches from start to serving, through deaths and restarts. */
export class BranchWatch {
  private readonly branches: ReadonlyMap<string, PlannedBranch>;
  private readonly states = new Map<string, BranchState>();
  private readonly context: WatchContext;
  private waiting: (() => void) | undefined;

  constructor(branches: readonly PlannedBranch[], context: WatchContext) {
    this.branches = new Map(branches.map((branch) => [branch.app, branch]));
    for (const { app } of branches) this.states.set(app, { state: 'started', deaths: 0 });
    this.context = context;
  }

  /** Process ids of the branches that serve, by app name. */
  get pids(): ReadonlyMap<string, number> {
    const serving = [...this.states].flatMap(([app, state]): [string, number][] =>
      state.state === 'serving' ? [[app, state.pid]] : [],
    );
    return new Map(serving);
  }

  /** Names of the branches that do not serve. */
  get absent(): string[] {
    return [...this.branches.values()]
      .filter(({ app }) => this.states.get(app)?.state !== 'serving')
      .map(({ process }) => process);
  }

  owns(app: string): boolean {
    return this.branches.has(app);
  }

  /** Resolves when every branch serves, or when the run is to stop. */
  async allServing(): Promise<void> {
    const withinMs = limits.readinessBaseMs + this.branches.size * limits.readinessPerBranchMs;
    const timer = setTimeout(() => this.giveUp(withinMs), withinMs);
    const served = new Promise<void>((resolve) => {
      this.waiting = resolve;
    });
    this.tellIfAllServe();
    await this.context.causes.orHalt(served);
    clearTimeout(timer);
  }

  async online(app: string, pid: number): Promise<void> {
    const branch = this.branches.get(app);
    if (branch === undefined) return;
    const trouble = await this.context.probe(branch, limits.readinessBaseMs * 2);
    // The deadline for all branches, or a death, speaks for a branch that does not serve.
    if (trouble !== undefined) return;
    this.states.set(app, { state: 'serving', pid });
    this.context.onServing(branch);
    this.tellIfAllServe();
  }

  exited(app: string, exit: Exit): void {
    const branch = this.branches.get(app);
    if (branch === undefined || this.context.causes.isHalted) return;
    const before = this.states.get(app);
    const deaths = before?.state === 'started' ? before.deaths + 1 : 1;
    this.states.set(app, { state: 'started', deaths, exit });
    const final = finalExits.get(exit.code);
    if (exit.code === addressUnusable) this.stopFor('branch-stopped', branch, addressTaken(branch));
    else if (final !== undefined) this.stopFor('branch-stopped', branch, final);
    else if (deaths >= limits.deathsBeforeServing) {
      const often = `died ${deaths} times in a row before it served, last with code ${exit.code}`;
      this.stopFor('branch-crash-loop', branch, often);
    }
  }

  /** Its machine is gone, and it is started elsewhere: no death of its own. */
  lost(app: string): void {
    if (this.branches.has(app)) this.states.set(app, { state: 'started', deaths: 0 });
  }

  private tellIfAllServe(): void {
    if ([...this.states.values()].every(({ state }) => state === 'serving')) this.waiting?.();
  }

  private giveUp(withinMs: number): void {
    const late = [...this.branches.values()].filter(
      ({ app }) => this.states.get(app)?.state !== 'serving',
    );
    const [first] = late;
    if (first === undefined) return;
    const others = late.length === 1 ? '' : `, nor ${late.length - 1} more,`;
    this.stopFor(
      'branch-not-ready',
      first,
      `did not serve${others} within ${withinMs} ms of its start`,
    );
  }

  private stopFor(
    reason: 'branch-stopped' | 'branch-crash-loop' | 'branch-not-ready',
    branch: PlannedBranch,
    what: string,
  ): void {
    this.context.causes.stop({
      reason,
      message: `${branch.process} (${this.context.whereIs(branch)}) ${what}${lastWords(branch.standardError)}`,
    });
  }
}
