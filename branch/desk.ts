import type { EventIdentity, UpdateInterface } from '../bank/scenario.ts';
import type { Propagation, Recollection, Tx } from './protocol.ts';

/** What a branch has under way. A crash sweeps it away, and nothing that matters is lost with it. */
export interface Desk {
  /** Its own update that collects acknowledgements; the book's pending update is this one. */
  flight: Flight | undefined;
  /** Its own updates that wait for their turn. */
  readonly queue: QueuedUpdate[];
  /** Queries that wait for word of a fellow's pending update. */
  queries: WaitingQuery[];
  /** Fellows' updates that wait until the pending one is decided. */
  propagations: WaitingPropagation[];
  settles: WaitingSettle[];
  readonly question: Question;
  /** While the ledger is lost: what each fellow that answered knows. */
  readonly recollections: Map<number, Recollection>;
  /** When a lost ledger is given up; Infinity for all others. */
  recoverUntil: number;
  /** From this time on fellows are told of the last decision, one after another, so long apart. */
  tellFrom: number;
  tellPauseMs: number;
  readonly peers: Peer[];
  /** Which peer each propagation or decision went to, until the call ends. */
  readonly calls: Map<number, Peer>;
  lastCall: number;
  /** The wake-up that is outstanding; Infinity when there is none. */
  wakeAt: number;
  halted: boolean;
}

/** Somebody who waits for an answer. */
export interface Caller {
  readonly call: number;
  /** When it is told that it waited in vain. */
  readonly until: number;
}

/** An answer may only rest on a question that was asked after the query came. */
export interface WaitingQuery extends Caller {
  /** The last call that was made before the query came. */
  readonly after: number;
}

export interface WaitingPropagation extends Caller {
  readonly request: Propagation;
}

/** When all settle, the origin of a pending update tells unasked what became of it. */
export interface WaitingSettle extends Caller {
  /** From this time on the origin is asked all the same. */
  readonly askFrom: number;
}

/** A customer's update on its way through this branch. */
export interface QueuedUpdate {
  readonly interface: UpdateInterface;
  readonly money: number;
  readonly event: EventIdentity | undefined;
  /** When it has failed unless it is committed. */
  readonly deadline: number;
  readonly callers: Caller[];
}

export interface Flight {
  readonly update: QueuedUpdate;
  readonly request: Propagation;
  /** When it was proposed. */
  readonly since: number;
  /** How many fellows have not acknowledged yet. */
  missing: number;
  /** A fellow has asked, so somebody waits for the decision. */
  asked: boolean;
}

/** What became of the pending update, asked of its origin. One question at a time. */
export interface Question {
  tx: Tx;
  /** The outstanding call, or 0. */
  call: number;
  retryAt: number;
  pauseMs: number;
}

/** A fellow branch. It is sent one propagation or decision at a time. */
export interface Peer {
  readonly id: number;
  /** Its place among those that are told of a commit one after another, from 0 on. */
  readonly place: number;
  /** The outstanding call, or 0; answers to earlier ones no longer matter. */
  call: number;
  /** Decisions up to this own update are known there once the outstanding call is answered. */
  proves: number;
  /** Decisions up to this own update are known there. */
  knows: number;
  /** It has acknowledged the update in flight. */
  acknowledged: boolean;
  retryAt: number;
  pauseMs: number;
}

export const emptyDesk = (peers: readonly number[]): Desk => ({
  flight: undefined,
  queue: [],
  queries: [],
  propagations: [],
  settles: [],
  question: { tx: '', call: 0, retryAt: 0, pauseMs: 0 },
  recollections: new Map(),
  recoverUntil: Infinity,
  tellFrom: 0,
  tellPauseMs: 0,
  peers: peers.map((id, index) => ({
    id,
    place: index,
    call: 0,
    proves: 0,
    knows: 0,
    acknowledged: false,
    retryAt: 0,
    pauseMs: 0,
  })),
  calls: new Map(),
  lastCall: 0,
  wakeAt: Infinity,
  halted: false,
});
