import { type Book, emptyBook, enter } from './book.ts';
import { type Desk, emptyDesk } from './desk.ts';
import { acknowledged } from './flight.ts';
import { learn, propagate, propagateWaiting, tellWhatBecame } from './fellow.ts';
import type { Effect, Input, LedgerRecord, Tx } from './protocol.ts';
import {
  answerQueries,
  answerSettles,
  askOrigin,
  expireWaiting,
  query,
  questionAnswered,
  questionFailed,
  settle,
} from './resolve.ts';
import type { Settings } from './settings.ts';
import { answered, attend, attendAll, endCall, tellFrom, unanswered } from './tell.ts';
import { type Turn, record, refuse, reply, wake } from './turn.ts';
import { expireUpdates, requestUpdate, startUpdates } from './update.ts';

type RequestInput = Extract<Input, { type: 'request' }>;

/**
 * One replica of the account and the protocol that keeps all replicas equal: read one, write all,
 * with one durable decision. It does no I/O: inputs and the time go in, effects come out, and the
 * same code runs in a branch process and in a simulation.
 */
export class Replica {
  readonly settings: Settings;
  readonly book: Book;
  readonly desk: Desk;

  /** A new replica is empty until its ledger is replayed; a copy goes on from what it is given. */
  constructor(settings: Settings, book = emptyBook(), desk = emptyDesk(settings.peers)) {
    this.settings = settings;
    this.book = book;
    this.desk = desk;
  }

  get balance(): number {
    return this.book.balance;
  }

  get version(): number {
    return this.book.version;
  }

  /** The undecided update that this branch has voted for, its own or a fellow's. */
  get pending(): Tx | undefined {
    return this.book.pending?.tx;
  }

  /** Takes one line of the ledger back in. Returns what it contradicts, in words, or nothing. */
  replay(line: LedgerRecord): string | undefined {
    return enter(this.book, this.settings, line);
  }

  /**
   * After the replay, once: opens a new ledger, gives an own undecided update up (without an
   * answer, so that a retry of its event runs afresh), and tells the fellows the last decision.
   */
  recovered(now: number): Effect[] {
    const turn = this.#turn(now);
    const { book, settings } = turn;
    const { runId, id, balance } = settings;
    if (!book.opened) record(turn, { kind: 'open', runId, branch: id, balance });
    if (book.pending?.origin === id) record(turn, { kind: 'abort', tx: book.pending.tx });
    tellFrom(turn, now);
    return turn.effects;
  }

  /** Takes one input at a time and returns what is to be done, in order. `now` never goes back. */
  handle(input: Input, now: number): Effect[] {
    const turn = this.#turn(now);
    if (this.desk.halted) return turn.effects;
    take(turn, input);
    if (!this.desk.halted) proceed(turn);
    if (input.type === 'time') wakeAgain(turn);
    return turn.effects;
  }

  #turn(now: number): Turn {
    return { settings: this.settings, book: this.book, desk: this.desk, now, effects: [] };
  }
}

function take(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'request':
      return takeRequest(turn, input);
    case 'response':
      return takeResponse(turn, input);
    case 'failure':
      return takeFailure(turn, input.call);
    case 'time':
      turn.desk.wakeAt = Infinity;
      expireWaiting(turn);
      expireUpdates(turn);
      return attendAll(turn);
  }
}

function takeRequest(turn: Turn, input: RequestInput): void {
  const { call, request, deadline } = input;
  if (deadline <= turn.now)
    return refuse(turn, call, 'DEADLINE_EXCEEDED', 'the request came after its own deadline');
  switch (request.interface) {
    case 'query':
      return query(turn, input);
    case 'deposit':
    case 'withdraw':
      return requestUpdate(turn, request, input);
    case 'propagate_deposit':
    case 'propagate_withdraw':
      return propagate(turn, request, input);
    case 'decide':
      learn(turn, request);
      return reply(turn, call, { interface: 'decide' });
    case 'ask':
      return tellWhatBecame(turn, request, call);
    case 'settle':
      return settle(turn, input);
  }
}

function takeResponse(turn: Turn, input: Extract<Input, { type: 'response' }>): void {
  const { call, response } = input;
  if (response.interface === 'ask') {
    questionAnswered(turn, call, response.decision);
    return;
  }
  const peer = endCall(turn, call);
  if (peer === undefined) return;
  answered(peer);
  if (response.interface !== 'decide') acknowledged(turn, peer);
  attend(turn, peer);
}

function takeFailure(turn: Turn, call: number): void {
  if (questionFailed(turn, call)) return;
  const peer = endCall(turn, call);
  if (peer) unanswered(turn, peer);
}

/** Whatever is possible now is done now, whichever input made it possible. */
function proceed(turn: Turn): void {
  propagateWaiting(turn);
  startUpdates(turn);
  answerQueries(turn);
  askOrigin(turn);
  answerSettles(turn);
}

/** The earliest time at which anything is due; each was asked for when it came up. */
function wakeAgain(turn: Turn): void {
  const { flight, queue, queries, propagations, settles } = turn.desk;
  for (const { until } of [...queries, ...propagations, ...settles]) wake(turn, until);
  for (const { deadline, callers } of queue) {
    wake(turn, deadline);
    for (const { until } of callers) wake(turn, until);
  }
  if (flight) wake(turn, flight.update.deadline);
}
