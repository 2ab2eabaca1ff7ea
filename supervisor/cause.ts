import type { EcosystemFailure } from './ecosystem.ts';
import type { EngineFailure } from './engine.ts';
import type { PlatformFailure } from './platform.ts';

/** Why a run did not simply end well. The message says what, who, why, and where to look. */
export interface Cause {
  readonly reason: Reason;
  readonly message: string;
}

export type Reason =
  | EngineFailure['reason']
  | PlatformFailure['reason']
  | EcosystemFailure['reason']
  /** Ctrl-C; or SIGTERM, a closed terminal, or npm gone. */
  | 'signal-interrupt'
  | 'signal-terminate'
  /** `--deadline` passed. */
  | 'deadline'
  /** A branch did not serve in time, keeps dying, or cannot be started at all. */
  | 'branch-not-ready'
  | 'branch-crash-loop'
  | 'branch-stopped'
  /** A customer died without a complete result, again and again. */
  | 'visit-died'
  /** The outcome of an event is not known, or a fellow branch was missing for it. */
  | 'event-unknown'
  | 'branch-missing'
  /** The replicas could not be asked, or do not agree, or the history shows a violation. */
  | 'not-settled'
  | 'replicas-differ'
  | 'history-invalid'
  | 'history-unknown'
  | 'output-unwritable';

/** Collects what went wrong: a signal decides, else the first that occurred. */
export class Causes {
  /** By message, in the order in which they occurred. */
  private readonly found = new Map<string, Cause>();
  private readonly controller = new AbortController();
  /** Resolves when the run is to stop now. */
  private readonly halted: Promise<void>;
  /** Every process has ended: what comes now is too late to stop anything. */
  private isOver = false;
  private endHold: (() => void) | undefined;
  /** Kills every process of the run at once; set as soon as there can be any. */
  kill: () => void = () => {};

  constructor() {
    this.halted = new Promise((resolve) => {
      this.halt.addEventListener('abort', () => resolve());
    });
  }

  /** Aborted when the run is to stop now. */
  get halt(): AbortSignal {
    return this.controller.signal;
  }

  get isHalted(): boolean {
    return this.halt.aborted;
  }

  /** Something went wrong, and the run goes on. What is known already is not told twice. */
  note(cause: Cause): void {
    if (!this.found.has(cause.message)) this.found.set(cause.message, cause);
  }

  /** Something went wrong that ends the run. */
  stop(cause: Cause): void {
    if (this.isOver) return;
    this.note(cause);
    this.controller.abort();
  }

  /** Waits for a signal, which then ends the wait and not the run; a run that is halted has waited. */
  hold(): Promise<void> {
    return new Promise((resolve) => {
      this.endHold = resolve;
      this.halt.addEventListener('abort', () => resolve());
    });
  }

  /** Ends the wait of `hold`; false if nobody waits. */
  release(): boolean {
    const { endHold } = this;
    this.endHold = undefined;
    endHold?.();
    return endHold !== undefined;
  }

  /** From now on nothing stops the run any more: it only writes down what it has. */
  close(): void {
    this.isOver = true;
  }

  get all(): readonly Cause[] {
    return [...this.found.values()];
  }

  get deciding(): Cause | undefined {
    const { all } = this;
    return all.find(({ reason }) => reason.startsWith('signal-')) ?? all[0];
  }

  /** The value, or undefined if the run is to stop before it is there. */
  async orHalt<Value>(work: Promise<Value>): Promise<Value | undefined> {
    return Promise.race([work, this.halted.then(() => undefined)]);
  }
}
