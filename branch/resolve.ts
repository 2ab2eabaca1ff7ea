import { limits } from '../bank/limits.ts';
import type { Caller, Desk } from './desk.ts';
import { learn } from './fellow.ts';
import type { Decided } from './protocol.ts';
import { tellAll, unaware } from './tell.ts';
import {
  type Call,
  type Turn,
  branchNames,
  crowded,
  foreignPending,
  nextPause,
  refuse,
  reply,
  send,
  tooMany,
  waiting,
  wake,
} from './turn.ts';

/** A query: the balance at once, unless a fellow's update is pending and may have been committed. */
export function query(turn: Turn, { call, deadline }: Call): void {
  const { desk, now } = turn;
  if (!foreignPending(turn)) return answerQuery(turn, call);
  if (crowded(turn)) return refuse(turn, call, 'UNAVAILABLE', tooMany(turn));
  desk.queries.push({ after: desk.lastCall, ...waiting(turn, call, deadline) });
  desk.question.retryAt = now;
  return undefined;
}

function answerQuery(turn: Turn, call: number): void {
  const { balance, version } = turn.book;
  reply(turn, call, { interface: 'query', balance, version });
}

/** Without a fellow's update pending, this branch's balance is the bank's. */
export function answerQueries(turn: Turn): void {
  if (foreignPending(turn)) return;
  for (const { call } of turn.desk.queries.splice(0)) answerQuery(turn, call);
}

/** Asks the origin of the pending update what became of it, if anybody waits to know. */
export function askOrigin(turn: Turn): void {
  const { desk, now } = turn;
  const pending = foreignPending(turn);
  if (pending === undefined || !somebodyWaits(turn)) return;
  const { question } = desk;
  if (question.tx !== pending.tx)
    Object.assign(question, { tx: pending.tx, call: 0, retryAt: 0, pauseMs: 0 });
  if (question.call !== 0) return;
  const askAt = Math.max(question.retryAt, askFrom(turn));
  if (askAt > now) return wake(turn, askAt);
  const request = { interface: 'ask', tx: pending.tx } as const;
  question.call = send(turn, pending.origin, request, now + limits.attemptMs);
}

const somebodyWaits = ({ desk }: Turn): boolean => isAtWork(desk) || desk.settles.length > 0;

const isAtWork = ({ queries, queue, propagations }: Desk): boolean =>
  queries.length + queue.length + propagations.length > 0;

/** The earliest time to ask: now, unless nobody waits but to settle. */
const askFrom = ({ desk }: Turn): number =>
  isAtWork(desk) ? 0 : Math.min(...desk.settles.map((settle) => settle.askFrom));

/** The origin's word arrived. Returns false when this call was not the question. */
export function questionAnswered(turn: Turn, call: number, word: Decided | 'undecided'): boolean {
  const { question } = turn.desk;
  if (question.call !== call) return false;
  question.call = 0;
  question.pauseMs = 0;
  if (foreignPending(turn)?.tx !== question.tx) return true;
  if (word === 'undecided') undecided(turn, call);
  else learn(turn, { tx: question.tx, decision: word });
  return true;
}

/**
 * When the origin answered, it had told nobody that the update counts. So a query that came before
 * the question was asked may have the old balance. A later one may not: the update may have been
 * committed and acknowledged between the origin's answer and that query. It needs a new question.
 */
function undecided(turn: Turn, asked: number): void {
  const { desk } = turn;
  const waiters = desk.queries;
  desk.queries = [];
  for (const waiter of waiters) {
    if (waiter.after < asked) answerQuery(turn, waiter.call);
    else desk.queries.push(waiter);
  }
  if (desk.queries.length === 0) pause(turn);
}

/** The question was lost, or its origin is down. Returns false when this was another call. */
export function questionFailed(turn: Turn, call: number): boolean {
  const { question } = turn.desk;
  if (question.call !== call) return false;
  question.call = 0;
  pause(turn);
  return true;
}

function pause(turn: Turn): void {
  const { question } = turn.desk;
  question.pauseMs = nextPause(question.pauseMs);
  question.retryAt = turn.now + question.pauseMs;
}

/** The supervisor asks for the state once nothing is under way; fellows are told at once. */
export function settle(turn: Turn, { call, deadline }: Call): void {
  const { desk, now } = turn;
  if (crowded(turn)) return refuse(turn, call, 'UNAVAILABLE', tooMany(turn));
  desk.settles.push({ askFrom: now + patienceMs(turn), ...waiting(turn, call, deadline) });
  return tellAll(turn);
}

/** How long an origin that has to settle as well may take to tell all its fellows. */
const patienceMs = ({ desk }: Turn): number => desk.peers.length * limits.tellAllPerFellowMs;

export function answerSettles(turn: Turn): void {
  const { book, desk } = turn;
  if (
    desk.settles.length === 0 ||
    desk.queue.length > 0 ||
    book.pending ||
    unaware(turn).length > 0
  )
    return;
  const { balance, version } = book;
  for (const { call } of desk.settles.splice(0))
    reply(turn, call, { interface: 'settle', balance, version });
}

/** Tells those who waited in vain what they waited for. */
export function expireWaiting(turn: Turn): void {
  const { desk, settings, now } = turn;
  const awaited = (caller: Caller): boolean => caller.until > now;
  const expired = [...desk.queries, ...desk.propagations, ...desk.settles].filter(
    (caller) => !awaited(caller),
  );
  if (expired.length === 0) return;
  const message = `branch ${settings.id} cannot answer: ${obstacleOf(turn)}`;
  for (const { call } of expired) refuse(turn, call, 'UNAVAILABLE', message);
  desk.queries = desk.queries.filter(awaited);
  desk.propagations = desk.propagations.filter(awaited);
  desk.settles = desk.settles.filter(awaited);
}

function obstacleOf(turn: Turn): string {
  const foreign = foreignPending(turn);
  if (foreign)
    return `update ${foreign.tx} is pending here and its origin, branch ${foreign.origin}, did not say what became of it`;
  const { pending } = turn.book;
  if (pending) return `its own update ${pending.tx} is not decided yet`;
  return `${branchNames(unaware(turn))} did not acknowledge its last decision`;
}
