import { type Prepared, enter, numberOf, prepareLine } from './book.ts';
import type { WaitingPropagation } from './desk.ts';
import { giveWay } from './flight.ts';
import type { Decided, Propagation, Request, Tx } from './protocol.ts';
import {
  type Call,
  type Turn,
  commitPending,
  crowded,
  halt,
  record,
  refuse,
  reply,
  tooMany,
  waiting,
} from './turn.ts';

/** What is to be done with a fellow's update. */
type Verdict = 'acknowledge' | 'vote' | 'wait' | 'ghost' | 'impossible';

/** A fellow's update arrives: vote for it, or wait until the pending one is decided. */
export function propagate(turn: Turn, request: Propagation, { call, deadline }: Call): void {
  const { desk, settings } = turn;
  const { tx, origin, money } = request;
  if (numberOf(tx, origin) === 0 || !settings.peers.includes(origin) || !(money >= 1)) {
    const message = `branch ${origin} cannot propose update ${tx} with an amount of ${money}`;
    return refuse(turn, call, 'INVALID_ARGUMENT', message);
  }
  const verdict = judge(turn, request);
  if (verdict !== 'wait') return answer(turn, { request, call }, verdict);
  if (crowded(turn)) return refuse(turn, call, 'UNAVAILABLE', tooMany(turn));
  desk.propagations.push({ request, ...waiting(turn, call, deadline) });
  return undefined;
}

/** After the pending update changed, fellows' updates that waited for it may have their turn. */
export function propagateWaiting(turn: Turn): void {
  for (const waiter of turn.desk.propagations.splice(0)) {
    const verdict = judge(turn, waiter.request);
    if (verdict === 'wait') turn.desk.propagations.push(waiter);
    else answer(turn, waiter, verdict);
  }
}

function judge({ book, settings }: Turn, request: Propagation): Verdict {
  const { pending, version, lastTx } = book;
  if (request.version <= version)
    return request.tx === lastTx && request.version === version ? 'acknowledge' : 'ghost';
  if (pending === undefined) return request.version === version + 1 ? 'vote' : 'impossible';
  if (request.version === version + 1) return judgeRival(pending, request, settings.id);
  // Only a committed prefix lets anybody reach the version after the pending one.
  const proven = request.version === version + 2 && request.prevTx === pending.tx;
  return proven && pending.origin !== settings.id ? 'vote' : 'impossible';
}

/** Two updates for one version: at most one of them is ever committed. */
function judgeRival(pending: Prepared, { tx, origin }: Propagation, self: number): Verdict {
  if (tx === pending.tx) return 'acknowledge';
  // An origin has one update at a time, so its later one for the same version proves that the
  // earlier was aborted. On the word of another origin a vote is never replaced.
  if (origin === pending.origin)
    return numberOf(tx, origin) > numberOf(pending.tx, origin) ? 'vote' : 'ghost';
  // Of two branches that propose at the same time, the one with the lower id goes first.
  return pending.origin === self && origin < self ? 'vote' : 'wait';
}

type Answered = Pick<WaitingPropagation, 'request' | 'call'>;

function answer(turn: Turn, { request, call }: Answered, verdict: Exclude<Verdict, 'wait'>): void {
  const { book, settings } = turn;
  const { interface: name, tx, version } = request;
  switch (verdict) {
    case 'acknowledge':
      return reply(turn, call, { interface: name });
    case 'vote':
      return vote(turn, request, call);
    case 'ghost': {
      const message = `branch ${settings.id} is at version ${book.version} and past update ${tx} for version ${version}`;
      return refuse(turn, call, 'FAILED_PRECONDITION', message);
    }
    case 'impossible':
      return contradiction(turn, call, `it follows ${request.prevTx} at version ${version - 1}`);
  }
}

/** Empties the slot of what the propagation proves decided, and records the update in it. */
function vote(turn: Turn, request: Propagation, call: number): void {
  const { book, settings, effects } = turn;
  giveWayTo(turn, request);
  const line = prepareLine(request);
  const problem = enter(book, settings, line);
  if (problem !== undefined) return contradiction(turn, call, problem);
  effects.push({ type: 'append', record: line });
  return reply(turn, call, { interface: request.interface });
}

function giveWayTo(turn: Turn, { version }: Propagation): void {
  const { pending } = turn.book;
  if (pending === undefined) return;
  if (version > pending.version) commitPending(turn, pending);
  else if (pending.origin === turn.settings.id) giveWay(turn);
  else record(turn, { kind: 'abort', tx: pending.tx });
}

/** Somebody's disk was lost, or a branch of another kind takes part: nothing here can be trusted. */
function contradiction(turn: Turn, call: number, problem: string): void {
  const { id } = turn.settings;
  const { version, lastTx } = turn.book;
  const message = `branch ${id} at version ${version} after update '${lastTx}' was asked for the impossible: ${problem}. A ledger was lost or changed; branch ${id} stops rather than serve a wrong balance`;
  refuse(turn, call, 'FAILED_PRECONDITION', message);
  halt(turn, message);
}

/** A fellow tells what became of its update; only the pending one can still be concerned. */
export function learn(turn: Turn, { tx, decision }: { tx: Tx; decision: Decided }): void {
  const { pending } = turn.book;
  if (pending?.tx !== tx || pending.origin === turn.settings.id) return;
  if (decision === 'committed') commitPending(turn, pending);
  else record(turn, { kind: 'abort', tx });
}

/** A fellow asks what became of an update of this branch. */
export function tellWhatBecame(
  turn: Turn,
  { tx }: Extract<Request, { interface: 'ask' }>,
  call: number,
): void {
  const { book, desk, settings } = turn;
  const n = numberOf(tx, settings.id);
  if (n === 0)
    return refuse(turn, call, 'INVALID_ARGUMENT', `update ${tx} is not of branch ${settings.id}`);
  if (n > book.proposed) return contradiction(turn, call, `it never proposed update ${tx}`);
  if (desk.flight?.request.tx === tx) {
    desk.flight.asked = true;
    return reply(turn, call, { interface: 'ask', decision: 'undecided' });
  }
  // Every branch voted for the last commit after it knew what became of the updates before.
  if (n < book.committed)
    return refuse(
      turn,
      call,
      'FAILED_PRECONDITION',
      `update ${tx} was decided long ago and is pending nowhere`,
    );
  const decision = n === book.committed ? 'committed' : 'aborted';
  return reply(turn, call, { interface: 'ask', decision });
}
