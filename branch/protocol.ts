import type { FailReason } from '../bank/answer.ts';
import type { EventIdentity, UpdateInterface } from '../bank/scenario.ts';
import type { OldWord } from './old-word.ts';

/**
 * What the replication core hears and says. The core is a pure state machine: inputs and the time
 * go in, effects come out, and whoever drives it (a real process or a simulation) carries the
 * effects out in their order. It knows nothing of gRPC, files or timers.
 */

/** Identity of an update: "<origin branch>.<n>". */
export type Tx = string;

/** What became of an update at its origin. */
export type Decided = 'committed' | 'aborted';

/** A request to this branch, from a customer, a fellow branch or the supervisor. */
export type Request =
  | { readonly interface: 'query' }
  | {
      readonly interface: UpdateInterface;
      readonly money: number;
      /** Absent for a client outside the run: served, but a retry is a second update. */
      readonly event?: EventIdentity;
    }
  | Propagation
  | { readonly interface: 'decide'; readonly tx: Tx; readonly decision: Decided }
  | { readonly interface: 'ask'; readonly tx: Tx }
  | Recover
  | { readonly interface: 'settle' };

/** An update on its way from its origin to a fellow branch. */
export interface Propagation {
  readonly interface: 'propagate_deposit' | 'propagate_withdraw';
  readonly origin: number;
  readonly tx: Tx;
  readonly version: number;
  /** The update at version - 1; empty at the first. */
  readonly prevTx: Tx;
  readonly money: number;
  readonly event?: EventIdentity;
}

/**
 * A branch is started anew without its ledger, which was lost with its machine, as its next
 * incarnation, and asks each fellow for what it knows. Whoever is asked puts up these fences first.
 */
export interface Recover {
  readonly interface: 'recover';
  readonly fences: readonly Fence[];
}

/** Nothing that an earlier incarnation of this branch says counts any more. */
export interface Fence {
  readonly branch: number;
  readonly incarnation: number;
}

/** A request that one branch sends to another. */
export type PeerRequest = Extract<
  Request,
  { interface: 'propagate_deposit' | 'propagate_withdraw' | 'decide' | 'ask' | 'recover' }
>;

/** Which process of which branch is behind a request. */
export interface Signature extends Fence {
  /** The incarnation of the receiver that it writes to. */
  readonly to: number;
}

/** An answer by the rules of the bank. */
export type Response =
  | { readonly interface: 'query' | 'settle'; readonly balance: number; readonly version: number }
  | {
      readonly interface: UpdateInterface;
      readonly result: 'success';
      readonly version: number;
    }
  | {
      readonly interface: UpdateInterface;
      readonly result: 'fail';
      readonly reason: FailReason;
      /** A sentence for people, for example which branches were missing. */
      readonly detail: string;
    }
  | { readonly interface: 'propagate_deposit' | 'propagate_withdraw' }
  | { readonly interface: 'decide' }
  | { readonly interface: 'ask'; readonly decision: Decided | 'undecided' }
  | Recollection;

/** What a branch tells a fellow that has lost its ledger. */
export interface Recollection {
  readonly interface: 'recover';
  /** Its own. */
  readonly incarnation: number;
  /** All that it has put up. */
  readonly fences: readonly Fence[];
  /** Absent when its own ledger is lost too and not recovered yet. */
  readonly state?: ReplicaState;
}

/** What a replica has come to. */
export interface ReplicaState {
  readonly version: number;
  readonly balance: number;
  readonly lastTx: Tx;
  readonly lastOrigin: number;
  /** An update that it has voted for without knowing what became of it. */
  readonly pending?: Undecided;
  readonly applied: readonly Applied[];
}

export interface Undecided {
  readonly tx: Tx;
  readonly origin: number;
  readonly version: number;
}

/** The last event of an entry that was applied, at which branch it began, and its version. */
export interface Applied extends EventIdentity {
  readonly origin: number;
  readonly version: number;
}

/** Trouble that is not an answer; the names are gRPC's. */
export type RefusalStatus =
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'FAILED_PRECONDITION'
  | 'INVALID_ARGUMENT'
  /** Says one thing: a newer incarnation of the sender has taken its place. */
  | 'PERMISSION_DENIED';

export interface Refusal {
  readonly status: RefusalStatus;
  /** What, who, why and where to look, in one sentence. */
  readonly message: string;
}

/** What happens to the core. `call` numbers are chosen by the sender of the request. */
export type Input =
  /** A request arrived; `deadline` is when its caller stops waiting, in the core's time. */
  | {
      readonly type: 'request';
      readonly call: number;
      readonly request: Request;
      readonly deadline: number;
      /** The fellow branch that sent it; absent when a customer or the supervisor did. */
      readonly signature?: Signature;
    }
  /** A fellow branch answered an earlier `send`. */
  | { readonly type: 'response'; readonly call: number; readonly response: Response }
  /** An earlier `send` got no answer: lost, refused, or out of time. */
  | { readonly type: 'failure'; readonly call: number; readonly refusal: Refusal }
  /** What an earlier `consult` found. */
  | { readonly type: 'consulted'; readonly tx: Tx; readonly word: OldWord }
  /** The time that an earlier `wake` asked for has come. */
  | { readonly type: 'time' };

/** What the core wants done, in order: a record is durable before any later effect is carried out. */
export type Effect =
  | { readonly type: 'append'; readonly record: LedgerRecord }
  | { readonly type: 'reply'; readonly call: number; readonly response: Response }
  | { readonly type: 'refuse'; readonly call: number; readonly refusal: Refusal }
  /** `deadline` is when this attempt is given up, in the core's time. */
  | {
      readonly type: 'send';
      readonly call: number;
      readonly to: number;
      /** The incarnation of that branch which is meant. */
      readonly incarnation: number;
      readonly request: PeerRequest;
      readonly deadline: number;
    }
  /** Look up, now and not before, what the ledger of this lost incarnation says of its update. */
  | {
      readonly type: 'consult';
      readonly branch: number;
      readonly incarnation: number;
      readonly tx: Tx;
    }
  /** Ask for a `time` input at this time; only the earliest outstanding one need be kept. */
  | { readonly type: 'wake'; readonly at: number }
  /** The ledger or a fellow contradicts what is possible: stop the process, say why. */
  | { readonly type: 'halt'; readonly message: string };

/** What a branch never forgets: one line each in its ledger. */
export type LedgerRecord =
  /** First line of every ledger. */
  | {
      readonly kind: 'open';
      readonly runId: string;
      readonly branch: number;
      readonly balance: number;
      /** Absent in the first. A later one begins without a ledger: `recover` must follow. */
      readonly incarnation?: number;
    }
  /** Nothing of an earlier incarnation of this fellow counts here any more. */
  | ({ readonly kind: 'fence' } & Fence)
  /** The state of the bank as the fellows knew it, in place of the ledger that was lost. */
  | {
      readonly kind: 'recover';
      readonly version: number;
      readonly balance: number;
      readonly lastTx: Tx;
      readonly lastOrigin: number;
      /** The latest own update of which a fellow knew, 0 for none; what is not committed is aborted. */
      readonly proposed: number;
      readonly applied: readonly Applied[];
    }
  /** An update is pending here: its own, or a fellow's that it has voted for. */
  | {
      readonly kind: 'prepare';
      readonly tx: Tx;
      readonly origin: number;
      readonly version: number;
      readonly delta: number;
      readonly prevTx: Tx;
      readonly event?: EventIdentity;
    }
  /**
   * The pending update is committed and applied, leaving `balance`. At the origin this line is the
   * commit point, and the answer to the event with it.
   */
  | { readonly kind: 'commit'; readonly tx: Tx; readonly version: number; readonly balance: number }
  /**
   * The pending update is aborted. With a `reason`, at the origin, it is also the answer `fail` to
   * the event; without one a retry of the event runs afresh.
   */
  | {
      readonly kind: 'abort';
      readonly tx: Tx;
      readonly reason?: FailReason;
      readonly detail?: string;
    }
  /** An event was answered `fail` before any update was proposed for it. */
  | {
      readonly kind: 'refuse';
      readonly event: EventIdentity;
      readonly reason: FailReason;
      readonly detail: string;
    };
