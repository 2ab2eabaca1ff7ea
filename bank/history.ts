import type { EventIdentity, Interface } from './scenario.ts';

/**
 * The history of a run: one JSON object a line in `history.jsonl`, appended by every process, one
 * `write` for the lines of a step. Lines of one process are in its order; lines of different
 * processes interleave as they were written. Checker, report and tools read nothing else.
 *
 * What a reader may rely on: a `call` is on file before its request is sent and a `reply` before
 * its answer is sent; `receive` and `return` bear the time of arrival, and are on file before
 * anything that is done about it; what a branch did to its replica is written after its ledger has
 * it. So a process that dies may leave its last ledger entry without a line here, never more.
 */
export const historyVersion = 1;

/** What stands in front of every record. */
export interface Stamp {
  /** Who wrote it: `supervisor`, `branch-2`, `visit-3`. */
  readonly process: string;
  /** How many times this process was started before: 0 for its first life. */
  readonly life: number;
  /** Wall clock, milliseconds since 1970 with a fraction. */
  readonly wall: number;
  /** Monotonic clock of the machine, microseconds; comparable between processes of one machine. */
  readonly mono: number;
  /** Lamport clock of the process after this record. */
  readonly clock: number;
}

/** Every call between processes. */
export type CallInterface =
  | Interface
  | 'propagate_deposit'
  | 'propagate_withdraw'
  | 'decide'
  | 'ask'
  | 'recover'
  | 'settle';

/** The first record of a run, by the supervisor. */
export interface RunRecord {
  readonly kind: 'run';
  readonly version: typeof historyVersion;
  readonly runId: string;
  /** The input's path as the user wrote it. */
  readonly input: string;
  readonly versions: { readonly tally: string; readonly node: string; readonly engine: string };
  readonly branches: readonly {
    readonly id: number;
    readonly process: string;
    readonly balance: number;
  }[];
  /** `events` is how many events the visit has. */
  readonly visits: readonly {
    readonly entry: number;
    readonly process: string;
    readonly customer: number;
    readonly events: number;
  }[];
}

/** What the supervisor saw happen to a process (`subject`). */
export type LifeRecord =
  | { readonly kind: 'start'; readonly subject: string }
  | {
      readonly kind: 'online';
      readonly subject: string;
      readonly pid: number;
      /** The machine it runs on, when there are several. */
      readonly node?: string;
    }
  /** Health answered SERVING. */
  | { readonly kind: 'ready'; readonly subject: string }
  | {
      readonly kind: 'exit';
      readonly subject: string;
      readonly pid: number;
      readonly code: number | null;
      readonly signal?: string;
    }
  | { readonly kind: 'restart'; readonly subject: string; readonly restarts: number }
  /** The supervisor asked the process to end; no call may follow. */
  | { readonly kind: 'stop'; readonly subject: string }
  /** The machine that it was on is lost, and perhaps the last lines of this life with it. */
  | { readonly kind: 'lost'; readonly subject: string; readonly node: string };

/** A declared fault that struck; `text` says which, in words. */
export interface FaultRecord {
  readonly kind: 'fault';
  readonly subject: string;
  readonly fault: string;
  readonly text: string;
}

/** The last record of a run, by the supervisor. */
export interface EndRecord {
  readonly kind: 'end';
  readonly exitCode: number;
  readonly reason: string;
}

/**
 * The four ends of every call. The caller writes `call` and `return`, the callee `receive` and
 * `reply`. All four bear the same `message`, which is unique in the run: `<process>/<life>/<n>`,
 * where `n` counts the calls of that life from 1. A client outside the run writes nothing and
 * sends no message id: the branch that serves it makes one of its own name and life,
 * `<branch>/<life>/outside-<n>`, for its `receive` and `reply`, and `receive` says `outside: true`.
 */
export type CallRecord = {
  readonly kind: 'call';
  readonly message: string;
  readonly to: string;
  readonly attempt: number;
} & CallContent;

export type ReceiveRecord = {
  readonly kind: 'receive';
  readonly message: string;
  readonly from: string;
  readonly outside?: true;
} & CallContent;

export type ReplyRecord = {
  readonly kind: 'reply';
  readonly message: string;
  readonly interface: CallInterface;
  readonly to: string;
} & CallOutcome;

export type ReturnRecord = {
  readonly kind: 'return';
  readonly message: string;
  readonly interface: CallInterface;
  readonly from: string;
} & CallOutcome;

/** What was asked; fields that an interface does not have are absent. */
export interface CallContent {
  readonly interface: CallInterface;
  readonly event?: EventIdentity;
  /** The event's id in the input file, on customers' records. */
  readonly eventId?: number;
  readonly money?: number;
  readonly tx?: string;
  readonly version?: number;
  readonly decision?: 'committed' | 'aborted';
}

/** What was answered: a result by the bank's rules, or a gRPC status other than OK. */
export interface CallOutcome {
  readonly result?: 'success' | 'fail';
  readonly reason?: string;
  readonly balance?: number;
  readonly version?: number;
  readonly decision?: 'committed' | 'aborted' | 'undecided';
  /** Name of the gRPC status when it is not OK, e.g. `UNAVAILABLE`. */
  readonly status?: string;
  readonly detail?: string;
}

/** The outcome of an event as the customer knows it: after all attempts, written once. */
export type OutcomeRecord = {
  readonly kind: 'outcome';
  readonly event: EventIdentity;
  readonly eventId: number;
  readonly interface: Interface;
  readonly money?: number;
  readonly result: 'success' | 'fail' | 'unknown' | 'balance';
  readonly balance?: number;
  readonly version?: number;
  readonly reason?: string;
};

/** What a branch did to its replica. */
export type ReplicaRecord =
  /** A life begins: the ledger was replayed to this state. */
  | { readonly kind: 'replay'; readonly version: number; readonly balance: number }
  /** The ledger was lost with its machine; the fellows told this state of the bank in its place. */
  | {
      readonly kind: 'recover';
      readonly version: number;
      readonly balance: number;
      /** How many times the branch was started without a ledger. */
      readonly incarnation: number;
    }
  /** An update was recorded as pending: its own (`origin` is itself) or a fellow's. */
  | {
      readonly kind: 'prepare';
      readonly tx: string;
      readonly origin: number;
      readonly version: number;
      readonly delta: number;
      readonly event?: EventIdentity;
    }
  /** Its own update was decided. `committed` is the commit point. */
  | { readonly kind: 'decide'; readonly tx: string; readonly decision: 'committed' | 'aborted' }
  /** An update was applied to the replica. */
  | {
      readonly kind: 'apply';
      readonly tx: string;
      readonly version: number;
      readonly delta: number;
      readonly balance: number;
      readonly event?: EventIdentity;
    }
  /** A pending update was dropped: it was aborted. */
  | { readonly kind: 'drop'; readonly tx: string }
  /** A request was refused for good and the refusal recorded. */
  | {
      readonly kind: 'refuse';
      readonly event?: EventIdentity;
      readonly reason: string;
    };

/** The state that a branch reported when it had settled, by the supervisor. */
export interface SettledRecord {
  readonly kind: 'settled';
  readonly subject: string;
  readonly version: number;
  readonly balance: number;
}

export type HistoryContent =
  | RunRecord
  | LifeRecord
  | FaultRecord
  | SettledRecord
  | EndRecord
  | CallRecord
  | ReceiveRecord
  | ReplyRecord
  | ReturnRecord
  | OutcomeRecord
  | ReplicaRecord;

export type HistoryRecord = Stamp & HistoryContent;
