import { type Book, emptyBook, enter } from './book.ts';
import { type Desk, emptyDesk } from './desk.ts';
import { acknowledged } from './flight.ts';
import { admits, endsThis, fenceOff } from './fence.ts';
import { learn, propagate, propagateWaiting, tellWhatBecame } from './fellow.ts';
import type { Effect, Input, LedgerRecord, Refusal, Tx } from './protocol.ts';
import { beginRecovery, expireRecovery, hearOldLedger, hearState, tellState } from './recovery.ts';
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
import { answered, attend, attendAll, endCall, tellAll, unanswered } from './tell.ts';
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

  /** It knows the state of the bank; after the loss of its ledger it must hear it from its fellows. */
  get restored(): boolean {
    return this.book.restored;
  }

  /** Takes one line of the ledger back in. Returns what it contradicts, in words, or nothing. */
  replay(line: LedgerRecord): string | undefined {
    return enter(this.book, this.settings, line);
  }

  /**
   * After the replay, once: opens a new ledger, gives an own undecided update up (without an
   * answer, so that a retry of its event runs afresh), and tells the fellows the last decision. A
   * later incarnation without a ledger asks the fellows for their state instead.
   */
  recovered(now: number): Effect[] {
    const turn = this.#turn(now);
    const { book, settings } = turn;
    if (!book.opened) record(turn, openingLine(settings));
    for (const fence of settings.fences) fenceOff(turn, fence);
    if (book.restored) this.#resume(turn);
    else beginRecovery(turn);
    return turn.effects;
  }

  #resume(turn: Turn): void {
    const { book, settings } = turn;
    const { id } = settings;
    if (book.pending?.origin === id) record(turn, { kind: 'abort', tx: book.pending.tx });
    tellAll(turn);
  }

  /** Takes one input at a time and returns what is to be done, in order. `now` never goes back. */
  handle(input: Input, now: number): Effect[] {
    const turn = this.#turn(now);
    if (this.desk.halted) return turn.effects;
    take(turn, input);
    if (!this.desk.halted && this.restored) proceed(turn);
    if (input.type === 'time') wakeAgain(turn);
    return turn.effects;
  }

  #turn(now: number): Turn {
    return { settings: this.settings, book: this.book, desk: this.desk, now, effects: [] };
  }
}

function openingLine({ runId, id, balance, incarnation }: Settings): LedgerRecord {
  const line = { kind: 'open', runId, branch: id, balance } as const;
  return incarnation === 1 ? line : { ...line, incarnation };
}

function take(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'request':
      return takeRequest(turn, input);
    case 'response':
      return takeResponse(turn, input);
    case 'failure':
      return takeFailure(turn, input.call, input.refusal);
    case 'consulted':
      return hearOldLedger(turn, input);
    case 'time':
      turn.desk.wakeAt = Infinity;
      expireWaiting(turn);
      expireUpdates(turn);
      expireRecovery(turn);
      return attendAll(turn);
  }
}

function takeRequest(turn: Turn, input: RequestInput): void {
  const { call, request, deadline, signature } = input;
  const recovers = request.interface === 'recover';
  if (signature && !admits(turn, signature, input, recovers)) return undefined;
  if (!turn.book.restored && !recovers)
    return refuse(turn, call, 'UNAVAILABLE', stillRecovers(turn));
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
    case 'recover':
      return tellState(turn, request.fences, call);
    case 'settle':
      return settle(turn, input);
  }
}

const stillRecovers = ({ settings }: Turn): string =>
  `branch ${settings.id} still recovers the ledger that was lost with its machine; try again`;

function takeResponse(turn: Turn, input: Extract<Input, { type: 'response' }>): void {
  const { call, response } = input;
  if (response.interface === 'ask') {
    questionAnswered(turn, call, response.decision);
    return;
  }
  const peer = endCall(turn, call);
  if (peer === undefined) return;
  answered(peer);
  if (response.interface === 'recover') hearState(turn, peer, response);
  else if (response.interface !== 'decide') acknowledged(turn, peer);
  attend(turn, peer);
}

function takeFailure(turn: Turn, call: number, refusal: Refusal): void {
  if (endsThis(turn, refusal) || questionFailed(turn, call)) return;
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
  const { flight, queue, queries, propagations, settles, recoverUntil } = turn.desk;
  for (const { until } of [...queries, ...propagations, ...settles]) wake(turn, until);
  for (const { deadline, callers } of queue) {
    wake(turn, deadline);
    for (const { until } of callers) wake(turn, until);
  }
  if (flight) wake(turn, flight.update.deadline);
  wake(turn, recoverUntil);
}
