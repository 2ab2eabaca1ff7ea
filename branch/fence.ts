import type { Fence, Refusal, Signature } from './protocol.ts';
import { type Call, type Turn, firstThatCounts, halt, record, refuse } from './turn.ts';

/**
 * Fences keep out what a branch said before it lost its ledger with its machine. The old process may
 * live on, cut off or slow, and knows nothing of its successor.
 */

/**
 * Puts a fence up for good, unless one as high stands already. The living incarnation is to be
 * attended to afterwards: it must vote anew.
 */
export function fenceOff(turn: Turn, { branch, incarnation }: Fence): void {
  const { settings, book, desk } = turn;
  if (branch === settings.id) {
    if (incarnation > settings.incarnation) superseded(turn);
    return;
  }
  const peer = desk.peers.find(({ id }) => id === branch);
  if (peer === undefined || incarnation <= firstThatCounts(book, branch)) return;
  record(turn, { kind: 'fence', branch, incarnation });
  desk.recollections.delete(branch);
  refuseWaiting(turn, branch);
  // Its vote was lost with its ledger, and an answer that is on its way is the old one's.
  Object.assign(peer, { call: 0, retryAt: 0, pauseMs: 0 });
  if (desk.flight && peer.acknowledged) {
    peer.acknowledged = false;
    desk.flight.missing += 1;
  }
  if (book.pending?.origin === branch) desk.question.call = 0;
}

/** Updates of the old incarnation that wait here for a vote get none. */
function refuseWaiting(turn: Turn, branch: number): void {
  const { desk } = turn;
  for (const waiter of desk.propagations.splice(0)) {
    if (waiter.request.origin === branch) refuseOld(turn, waiter, branch);
    else desk.propagations.push(waiter);
  }
}

/** Whether a fellow's request may be heard: it was not fenced off, and means this incarnation. */
export function admits(turn: Turn, signature: Signature, call: Call, recovers: boolean): boolean {
  const { id, incarnation } = turn.settings;
  if (signature.to > incarnation) {
    refuse(turn, call.call, 'UNAVAILABLE', supersededMessage(turn));
    superseded(turn);
  } else if (signature.incarnation < firstThatCounts(turn.book, signature.branch)) {
    refuseOld(turn, call, signature.branch);
  } else if (signature.to < incarnation && !recovers) {
    const message = `branch ${id} is incarnation ${incarnation}; this was for incarnation ${signature.to}, which is lost`;
    refuse(turn, call.call, 'UNAVAILABLE', message);
  } else {
    return true;
  }
  return false;
}

function refuseOld(turn: Turn, { call }: Pick<Call, 'call'>, branch: number): void {
  const incarnation = firstThatCounts(turn.book, branch);
  const message = `incarnation ${incarnation} of branch ${branch} has taken the sender's place; nothing of an earlier one counts`;
  refuse(turn, call, 'PERMISSION_DENIED', message);
}

/** A fellow refused a request. Returns whether that ends this incarnation. */
export function endsThis(turn: Turn, { status }: Refusal): boolean {
  if (status !== 'PERMISSION_DENIED') return false;
  superseded(turn);
  return true;
}

function superseded(turn: Turn): void {
  halt(turn, supersededMessage(turn));
}

const supersededMessage = ({ settings }: Turn): string =>
  `branch ${settings.id} was given up and started anew on another machine; this process, incarnation ${settings.incarnation} of it, stops`;
