import type { FailReason } from '../bank/answer.ts';
import { nextNumber, prepareLine, txOf } from './book.ts';
import type { Flight, Peer, QueuedUpdate } from './desk.ts';
import type { Propagation } from './protocol.ts';
import { attendAll, startOver, tellAll, tellInTurn } from './tell.ts';
import { type Turn, commitPending, record, reply } from './turn.ts';

/** Why an update was answered `fail`. */
export interface Failure {
  readonly reason: FailReason;
  readonly detail: string;
}

/** Records the update as pending here and asks every fellow to do the same. */
export function propose(turn: Turn, update: QueuedUpdate): void {
  const { book, desk, settings } = turn;
  const { interface: name, money, event } = update;
  const request: Propagation = {
    interface: name === 'deposit' ? 'propagate_deposit' : 'propagate_withdraw',
    origin: settings.id,
    tx: txOf(settings.id, nextNumber(book)),
    version: book.version + 1,
    prevTx: book.lastTx,
    money,
    ...(event && { event }),
  };
  record(turn, prepareLine(request));
  desk.flight = { update, request, since: turn.now, missing: desk.peers.length, asked: false };
  if (desk.peers.length === 0) return commit(turn, desk.flight);
  startOver(turn);
  return attendAll(turn);
}

/** A fellow holds the update in flight ready. When all do, it is committed. */
export function acknowledged(turn: Turn, peer: Peer): void {
  const { flight } = turn.desk;
  if (flight === undefined || peer.acknowledged) return;
  peer.acknowledged = true;
  flight.missing -= 1;
  if (flight.missing === 0) commit(turn, flight);
}

/** The commit point: one line holds the update and its answer. */
function commit(turn: Turn, { update, request, since, asked }: Flight): void {
  const { book, desk, now } = turn;
  if (book.pending) commitPending(turn, book.pending);
  desk.flight = undefined;
  const { interface: name, callers } = update;
  const { version } = request;
  for (const { call } of callers)
    reply(turn, call, { interface: name, result: 'success', version });
  if (asked) tellAll(turn);
  else tellInTurn(turn, now - since);
}

/** Gives the update in flight up, with an answer for good or (without) to be proposed again. */
function abort(turn: Turn, { request }: Flight, why?: Failure): void {
  record(turn, { kind: 'abort', tx: request.tx, ...why });
  turn.desk.flight = undefined;
  startOver(turn);
  tellAll(turn);
}

/** Makes room for another origin's update; this branch's own is proposed again after it. */
export function giveWay(turn: Turn): void {
  const { flight, queue } = turn.desk;
  if (flight === undefined) return;
  queue.unshift(flight.update);
  abort(turn, flight);
}

/** Fails the update in flight for good: it is applied nowhere, and no fellow may apply it. */
export function failInFlight(turn: Turn, flight: Flight, obstacle: string): void {
  const { callers, interface: name } = flight.update;
  const why = { reason: 'branch-missing', detail: `${obstacle}; it is applied nowhere` } as const;
  abort(turn, flight, why);
  for (const { call } of callers) reply(turn, call, { interface: name, result: 'fail', ...why });
}
