import { limits } from '../bank/limits.ts';
import { txOf } from './book.ts';
import type { Peer } from './desk.ts';
import type { PeerRequest } from './protocol.ts';
import { type Turn, fencesOf, foreignPending, nextPause, send, wake } from './turn.ts';

/** What a fellow branch is to hear from this one, and the own updates that it then knows all of. */
interface Duty {
  readonly request: PeerRequest;
  readonly proves: number;
  readonly dueAt: number;
  readonly deadline: number;
}

/**
 * A propagation proves to the fellow what became of every earlier update of this branch, so while
 * updates follow each other no decision is sent. Otherwise the last commit, and after it the last
 * abort, is told: older ones are known to everybody who voted for these.
 */
function dutyTo(turn: Turn, peer: Peer): Duty | undefined {
  const { book, desk, settings } = turn;
  const { proposed, committed } = book;
  const attemptEnd = turn.now + limits.attemptMs;
  if (!book.restored) return askForState(turn, peer, attemptEnd);
  if (desk.flight) {
    if (peer.acknowledged) return undefined;
    const { request, update } = desk.flight;
    const deadline = Math.min(attemptEnd, update.deadline);
    return { request, proves: proposed - 1, dueAt: 0, deadline };
  }
  const dueAt = peer.id === settings.witness ? 0 : desk.tellFrom + peer.place * desk.tellPauseMs;
  if (book.lastOrigin === settings.id && peer.knows < committed) {
    const tx = txOf(settings.id, committed);
    const request = { interface: 'decide', tx, decision: 'committed' } as const;
    return { request, proves: committed, dueAt, deadline: attemptEnd };
  }
  if (proposed > committed && peer.knows < proposed) {
    const tx = txOf(settings.id, proposed);
    const request = { interface: 'decide', tx, decision: 'aborted' } as const;
    return { request, proves: proposed, dueAt, deadline: attemptEnd };
  }
  return undefined;
}

/** A branch without a ledger has nothing to tell, and everything to ask. */
function askForState(turn: Turn, peer: Peer, deadline: number): Duty | undefined {
  if (turn.desk.recollections.has(peer.id)) return undefined;
  const request = { interface: 'recover', fences: fencesOf(turn) } as const;
  return { request, proves: 0, dueAt: 0, deadline };
}

/** Sends the fellow what it is to hear, unless that is under way or not due yet. */
export function attend(turn: Turn, peer: Peer): void {
  if (peer.call !== 0) return;
  const duty = dutyTo(turn, peer);
  if (duty === undefined) return;
  const dueAt = Math.max(duty.dueAt, peer.retryAt);
  if (dueAt > turn.now) {
    wake(turn, dueAt);
    return;
  }
  peer.call = send(turn, peer.id, duty.request, duty.deadline);
  peer.proves = duty.proves;
  turn.desk.calls.set(peer.call, peer);
}

export function attendAll(turn: Turn): void {
  if (isBeingProved(turn)) return postpone(turn);
  for (const peer of turn.desk.peers) attend(turn, peer);
}

/** A fellow's update is pending here that follows the own commit, and so proves it to everybody. */
const isBeingProved = (turn: Turn): boolean =>
  turn.desk.tellPauseMs > 0 &&
  turn.book.lastOrigin === turn.settings.id &&
  foreignPending(turn) !== undefined;

/** Should that update be given up before everybody has heard of it, telling goes on. */
function postpone(turn: Turn): void {
  turn.desk.tellFrom = turn.now + limits.tellPauseMostMs;
  wake(turn, turn.desk.tellFrom);
}

/** What is under way no longer matters: every fellow is to hear something newer. */
export function startOver(turn: Turn): void {
  for (const peer of turn.desk.peers) {
    peer.call = 0;
    peer.retryAt = 0;
    peer.pauseMs = 0;
    peer.acknowledged = false;
  }
}

/** The fellows of a branch in the order in which they are told of its commits: the next one first. */
export function turnsAfter(self: number, fellows: readonly number[]): number[] {
  const ids = fellows.toSorted((a, b) => a - b);
  return [...ids.filter((id) => id > self), ...ids.filter((id) => id < self)];
}

/** Tells all fellows of the last decision now. */
export function tellAll(turn: Turn): void {
  const { desk, now } = turn;
  desk.tellFrom = now;
  desk.tellPauseMs = 0;
  attendAll(turn);
}

/**
 * Tells the witness of a commit at once, and the other fellows one after another. One that is
 * visited before its turn has to ask, which may take a new connection; and customers mostly come in
 * the order of their branches.
 * @param updateMs how long the update took, with a call to each fellow
 */
export function tellInTurn(turn: Turn, updateMs: number): void {
  const { desk, settings, now } = turn;
  const { length } = desk.peers;
  if (length === 0) return;
  const pauseMs = (limits.tellPauseFactor * updateMs) / length;
  desk.tellFrom = now + limits.tellFirstMs;
  desk.tellPauseMs = Math.min(Math.max(pauseMs, limits.tellPauseLeastMs), limits.tellPauseMostMs);
  const witness = desk.peers.find(({ id }) => id === settings.witness);
  if (witness) attend(turn, witness);
  wake(turn, desk.tellFrom);
}

/** The peer whose outstanding call this was, or nothing when the call no longer matters. */
export function endCall(turn: Turn, call: number): Peer | undefined {
  const { calls } = turn.desk;
  const peer = calls.get(call);
  calls.delete(call);
  if (peer?.call !== call) return undefined;
  peer.call = 0;
  return peer;
}

export function answered(peer: Peer): void {
  peer.knows = Math.max(peer.knows, peer.proves);
  peer.pauseMs = 0;
}

export function unanswered(turn: Turn, peer: Peer): void {
  peer.pauseMs = nextPause(peer.pauseMs);
  peer.retryAt = turn.now + peer.pauseMs;
  attend(turn, peer);
}

/** The fellows that do not know yet what became of this branch's updates. */
export function unaware(turn: Turn): number[] {
  return turn.desk.peers.filter((peer) => dutyTo(turn, peer)).map((peer) => peer.id);
}
