import type { HistoryRecord } from '../bank/history.ts';
import type { EventIdentity, Interface } from '../bank/scenario.ts';

/** What is wrong with a history. Each kind is one promise of the bank that was broken. */
export type ViolationKind =
  // What customers were told.
  | 'not-answered'
  | 'answered-twice'
  | 'answered-out-of-turn'
  | 'answer-unasked'
  | 'answer-changed'
  | 'wrong-balance'
  | 'wrong-version'
  | 'overdrawn'
  | 'limit-passed'
  | 'wrong-refusal'
  // What was sent and received.
  | 'message-altered'
  | 'message-unsent'
  | 'answer-altered'
  | 'answer-unsent'
  // What the replicas did.
  | 'negative-balance'
  | 'wrong-start'
  | 'wrong-sum'
  | 'version-skipped'
  | 'applied-twice'
  | 'order-differs'
  | 'applied-unasked'
  | 'wrong-amount'
  | 'applied-though-failed'
  | 'applied-though-aborted'
  | 'applied-undecided'
  | 'not-applied'
  | 'success-not-applied'
  | 'decided-twice'
  | 'dropped-though-committed'
  | 'replay-differs'
  // How the run ended.
  | 'final-differs'
  | 'call-after-stop'
  | 'record-after-end';

/**
 * The candidate cause. `lost`: an update is missing for good; `stale`: the latest updates are
 * missing; `doubled`: an update counts twice; `phantom`: something counts that never happened or
 * failed; `reordered`: right things in the wrong order; `altered`: two records of one thing
 * disagree; `unexplained`: no single update accounts for it.
 */
export type Cause =
  | 'lost'
  | 'doubled'
  | 'stale'
  | 'phantom'
  | 'reordered'
  | 'altered'
  | 'unexplained';

/** An answer or a state, as far as it is known. `balances`: any of these would have been right. */
export interface Facts {
  readonly result?: string;
  readonly reason?: string;
  readonly balance?: number;
  readonly balances?: readonly number[];
  readonly version?: number;
  readonly delta?: number;
  readonly tx?: string;
  readonly event?: EventIdentity;
  /** Whatever the other fields cannot say, in words. */
  readonly text?: string;
}

/** The operation of a customer that a violation is about. */
export interface OperationFacts {
  /** Absent for a client outside the run. */
  readonly event?: EventIdentity;
  /** The event's id in the input file. */
  readonly eventId?: number;
  readonly process: string;
  readonly interface: Interface;
  readonly money?: number;
  /** When it was asked and answered, microseconds since the run began. */
  readonly beganUs?: number;
  readonly endedUs?: number;
}

/** The update that a violation points to. */
export interface UpdateFacts {
  readonly tx?: string;
  readonly event?: EventIdentity;
  readonly version?: number;
  readonly delta?: number;
}

/** A line of the history, counted from 1. */
export interface Evidence {
  readonly line: number;
  readonly record: HistoryRecord;
}

/** A broken promise as the checks find it: the evidence as line numbers. */
export interface Finding {
  readonly kind: ViolationKind;
  readonly cause: Cause;
  /** Whose record shows it. */
  readonly process: string;
  readonly operation?: OperationFacts;
  readonly update?: UpdateFacts;
  readonly observed: Facts;
  readonly expected: Facts;
  /** The smallest set of lines that shows it, in the order of the file. */
  readonly lines: readonly number[];
}

export interface Violation extends Omit<Finding, 'lines'> {
  readonly records: readonly Evidence[];
}

/** The parts of a check; each is either done or listed with the reason why it could not be. */
export type CheckName =
  | 'every event answered once'
  | 'answers of one account'
  | 'messages as sent'
  | 'every update applied once on every replica'
  | 'final replicas equal'
  | 'no call after shutdown';

export interface Summary {
  readonly runId?: string;
  readonly lines: number;
  readonly events: number;
  readonly answered: number;
  /** Answers whose outcome the customer could not know. */
  readonly unknownOutcomes: number;
  readonly branches: number;
  /** The state in which all replicas ended, when they agree on one. */
  readonly final?: { readonly version?: number; readonly balance: number };
  readonly checked: readonly CheckName[];
  readonly notChecked: readonly { readonly check: CheckName; readonly why: string }[];
}

/** `violations` are in the order of the file; `more` counts those beyond the limit. */
export type Verdict =
  | { readonly verdict: 'valid'; readonly summary: Summary; readonly command: string }
  | {
      readonly verdict: 'invalid';
      readonly summary: Summary;
      readonly violations: readonly Violation[];
      readonly more: number;
      /** What else is missing, as for `unknown`. */
      readonly missing: readonly string[];
      readonly command: string;
    }
  | {
      readonly verdict: 'unknown';
      readonly summary: Summary;
      /** Why nothing can be said for sure, each a clause such as "the run has no end". */
      readonly missing: readonly string[];
      readonly command: string;
    };

/** Exit codes of `tally check`. */
export const verdictExitCode = { valid: 0, invalid: 1, unknown: 2 } as const;
