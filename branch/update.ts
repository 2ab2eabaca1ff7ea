import { limits, moneyMax } from '../bank/limits.ts';
import type { EventIdentity, UpdateInterface } from '../bank/scenario.ts';
import type { Outcome } from './book.ts';
import type { QueuedUpdate } from './desk.ts';
import { type Failure, failInFlight, propose } from './flight.ts';
import type { Request } from './protocol.ts';
import {
  type Call,
  type Turn,
  branchNames,
  crowded,
  foreignPending,
  record,
  refuse,
  reply,
  tooMany,
  waiting,
  wake,
} from './turn.ts';

type UpdateRequest = Extract<Request, { interface: UpdateInterface }>;

/** A customer asks for a deposit or withdrawal: repeat its answer, join it, or queue it. */
export function requestUpdate(turn: Turn, request: UpdateRequest, call: Call): void {
  const { desk, now, settings } = turn;
  const fault = faultIn(request);
  if (fault !== undefined) return refuse(turn, call.call, 'INVALID_ARGUMENT', fault);
  const { interface: name, money, event } = request;
  const answered = event && answeredBefore(turn, event);
  if (answered) return repeat(turn, call.call, { interface: name, answered });
  const same = event && sameEvent(turn, event);
  if (same ? same.callers.length >= limits.callersOfOneUpdate : crowded(turn))
    return refuse(turn, call.call, 'UNAVAILABLE', tooMany(turn));
  const caller = waiting(turn, call.call, call.deadline);
  if (same) {
    same.callers.push(caller);
    return undefined;
  }
  const deadline = now + settings.updateMs;
  desk.queue.push({ interface: name, money, event, deadline, callers: [caller] });
  wake(turn, deadline);
  return undefined;
}

function faultIn({ money, event }: UpdateRequest): string | undefined {
  if (!Number.isSafeInteger(money) || money < 1)
    return `an amount of ${money} is not a whole number from 1 to ${moneyMax}`;
  if (event && !(event.entry >= 1 && event.entry <= limits.visits && event.position >= 1))
    return `event ${event.position} of entry ${event.entry} cannot be in any input file`;
  return undefined;
}

/** The outcome of this event, or `stale` when a later one of its entry was answered since. */
function answeredBefore(turn: Turn, event: EventIdentity): Outcome | 'stale' | undefined {
  const last = turn.book.results.get(event.entry);
  if (last === undefined || event.position > last.position) return undefined;
  return event.position === last.position ? last.outcome : 'stale';
}

interface Repetition {
  readonly interface: UpdateInterface;
  readonly answered: Outcome | 'stale';
}

function repeat(turn: Turn, call: number, { interface: name, answered }: Repetition): void {
  if (answered !== 'stale') return reply(turn, call, { interface: name, ...answered });
  return refuse(
    turn,
    call,
    'FAILED_PRECONDITION',
    `branch ${turn.settings.id} has answered a later event of this entry; its customer no longer waits for this one`,
  );
}

function sameEvent({ desk }: Turn, { entry, position }: EventIdentity): QueuedUpdate | undefined {
  const same = ({ event }: QueuedUpdate): boolean =>
    event?.entry === entry && event.position === position;
  const flying = desk.flight?.update;
  return flying && same(flying) ? flying : desk.queue.find(same);
}

/** Starts queued updates while nothing is pending. */
export function startUpdates(turn: Turn): void {
  const { book, desk } = turn;
  while (book.pending === undefined) {
    const update = desk.queue.shift();
    if (update === undefined) return;
    start(turn, update);
  }
}

function start(turn: Turn, update: QueuedUpdate): void {
  if (repeatAll(turn, update)) return;
  const why = ruleAgainst(update, turn.book.balance);
  if (why) fail(turn, update, why);
  else propose(turn, update);
}

/** A later event of the entry may have been answered while this one waited. */
function repeatAll(turn: Turn, { event, callers, interface: name }: QueuedUpdate): boolean {
  const answered = event && answeredBefore(turn, event);
  if (answered === undefined) return false;
  for (const { call } of callers) repeat(turn, call, { interface: name, answered });
  return true;
}

/** Why the rules of the bank forbid an update of this balance. */
function ruleAgainst(update: QueuedUpdate, balance: number): Failure | undefined {
  const { interface: name, money } = update;
  if (name === 'withdraw' && money > balance) {
    const detail = `the balance of ${balance} does not cover a withdrawal of ${money}`;
    return { reason: 'overdraft', detail };
  }
  if (name === 'deposit' && money > moneyMax - balance) {
    const detail = `a deposit of ${money} on a balance of ${balance} exceeds the limit of ${moneyMax}`;
    return { reason: 'balance-limit', detail };
  }
  return undefined;
}

/** Answers an update `fail` that was never proposed, for good. */
function fail(turn: Turn, { event, callers, interface: name }: QueuedUpdate, why: Failure): void {
  if (event) record(turn, { kind: 'refuse', event, ...why });
  for (const { call } of callers) reply(turn, call, { interface: name, result: 'fail', ...why });
}

/** Fails what is past its deadline, and forgets what nobody waits for any more. */
export function expireUpdates(turn: Turn): void {
  const { desk, now } = turn;
  const { flight } = desk;
  const obstacle = obstacleOf(turn);
  // The update in flight came first, and may be an earlier event of the same entry.
  if (flight && flight.update.deadline <= now) failInFlight(turn, flight, obstacle);
  for (const update of desk.queue.splice(0)) {
    if (update.deadline <= now) failInQueue(turn, update, obstacle);
    else if (awaited(turn, update)) desk.queue.push(update);
  }
}

function failInQueue(turn: Turn, update: QueuedUpdate, obstacle: string): void {
  if (repeatAll(turn, update)) return;
  const detail = `it waited in vain for its turn: ${obstacle}; it is applied nowhere`;
  fail(turn, update, { reason: 'branch-missing', detail });
}

/** What keeps updates from being decided, with the names of the branches that are missing. */
function obstacleOf(turn: Turn): string {
  const { flight, peers } = turn.desk;
  const foreign = foreignPending(turn);
  if (foreign) return `branch ${foreign.origin} did not tell what became of update ${foreign.tx}`;
  if (flight === undefined) return 'nothing';
  const missing = peers.filter((peer) => !peer.acknowledged).map((peer) => peer.id);
  return `${branchNames(missing)} did not acknowledge update ${flight.request.tx} in time`;
}

/** Whether somebody still waits for a queued update; who gave up is told so. */
function awaited(turn: Turn, update: QueuedUpdate): boolean {
  const { callers } = update;
  for (const caller of callers.splice(0)) {
    if (caller.until > turn.now) callers.push(caller);
    else refuse(turn, caller.call, 'DEADLINE_EXCEEDED', gaveUp(turn));
  }
  return callers.length > 0;
}

const gaveUp = ({ settings }: Turn): string =>
  `branch ${settings.id} did not come to this update before its caller's deadline, and will not execute it`;
