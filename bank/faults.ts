/**
 * Faults that a scenario may declare. Each is keyed to something that happens, not to time, and
 * strikes once in a run, whatever dies and is started again in between.
 */
export type Fault = BranchFault | MessageFault | VisitFault;

/** The moments of an update at a branch. */
export type UpdateMoment =
  | 'before-record'
  | 'after-record'
  | 'before-acknowledge'
  | 'after-acknowledge'
  | 'before-decide'
  | 'after-decide';

/** Strikes a branch at a moment of an update. */
interface AtUpdate {
  readonly branch: number;
  readonly when: UpdateMoment;
  /** Strikes at the n-th time this moment comes at this branch, from 1. */
  readonly update: number;
}

export type BranchFault =
  /** SIGKILL; the branch is started again by its supervisor. */
  | ({ readonly fault: 'kill-branch' } & AtUpdate)
  /** It stands still for so long: to everybody else as if it got SIGSTOP, then SIGCONT. */
  | ({ readonly fault: 'pause-branch'; readonly resumeAfterMs: number } & AtUpdate)
  /**
   * SIGKILL, and the next life serves only after customers have the outcome of so many more updates,
   * or of every event of the run.
   */
  | ({ readonly fault: 'keep-branch-down'; readonly updates: number } & AtUpdate);

/** Strikes the n-th message of an interface on its way from one branch to another. */
interface OnMessage {
  readonly interface: 'propagate_deposit' | 'propagate_withdraw' | 'decide' | 'ask';
  readonly from: number;
  readonly to: number;
  /** The n-th request of this interface from `from` to `to`, from 1. */
  readonly message: number;
  /** Which way is struck: the request (default) or the answer to it. */
  readonly part?: 'request' | 'answer';
}

export type MessageFault =
  | ({ readonly fault: 'drop-message' } & OnMessage)
  | ({ readonly fault: 'delay-message'; readonly delayMs: number } & OnMessage)
  | ({ readonly fault: 'duplicate-message' } & OnMessage);

/** Strikes when a visit has its n-th answer. */
export interface VisitFault {
  readonly fault: 'kill-customer' | 'kill-daemon' | 'kill-supervisor';
  /** Position of the customer entry in the file, from 1. */
  readonly entry: number;
  /** Strikes after this many events of the entry were answered, from 1. */
  readonly event: number;
}
