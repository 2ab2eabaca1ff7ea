import { limits } from '../bank/limits.ts';
import { type Book, type Prepared, enter } from './book.ts';
import type { Caller, Desk } from './desk.ts';
import type {
  Effect,
  Fence,
  LedgerRecord,
  PeerRequest,
  RefusalStatus,
  Response,
} from './protocol.ts';
import type { Settings } from './settings.ts';

/** One step of the core: what it knows, what it has under way, the time, and what it wants done. */
export interface Turn {
  readonly settings: Settings;
  readonly book: Book;
  readonly desk: Desk;
  readonly now: number;
  readonly effects: Effect[];
}

/** A request's number and when its caller stops waiting. */
export interface Call {
  readonly call: number;
  readonly deadline: number;
}

/** Enters a line in the book and has it written. The core never writes what does not follow. */
export function record(turn: Turn, line: LedgerRecord): void {
  const contradiction = enter(turn.book, turn.settings, line);
  if (contradiction !== undefined) throw new Error(`branch ${turn.settings.id}: ${contradiction}`);
  turn.effects.push({ type: 'append', record: line });
}

/** The pending update took effect, on the word of its origin. */
export function commitPending(turn: Turn, { tx, version, delta }: Prepared): void {
  record(turn, { kind: 'commit', tx, version, balance: turn.book.balance + delta });
}

export function reply(turn: Turn, call: number, response: Response): void {
  turn.effects.push({ type: 'reply', call, response });
}

export function refuse(turn: Turn, call: number, status: RefusalStatus, message: string): void {
  turn.effects.push({ type: 'refuse', call, refusal: { status, message } });
}

/** Sends a request to a fellow branch; the attempt ends no later than `deadline`. */
export function send(turn: Turn, to: number, request: PeerRequest, deadline: number): number {
  const call = ++turn.desk.lastCall;
  const incarnation = firstThatCounts(turn.book, to);
  turn.effects.push({ type: 'send', call, to, incarnation, request, deadline });
  return call;
}

/** The incarnation of a fellow branch that this one takes for the living one. */
export const firstThatCounts = ({ fences }: Book, branch: number): number =>
  fences.get(branch) ?? 1;

/** Every branch of which an incarnation was lost, and its living one. */
export const fencesOf = ({ book, settings }: Turn): Fence[] => [
  { branch: settings.id, incarnation: settings.incarnation },
  ...[...book.fences].map(([branch, incarnation]) => ({ branch, incarnation })),
];

/** Asks to be woken at a time, unless an earlier wake-up is outstanding. */
export function wake(turn: Turn, at: number): void {
  if (at >= turn.desk.wakeAt) return;
  turn.desk.wakeAt = at;
  turn.effects.push({ type: 'wake', at });
}

/** Stops for good: going on could only make it worse. */
export function halt(turn: Turn, message: string): void {
  turn.desk.halted = true;
  turn.effects.push({ type: 'halt', message });
}

/** A caller that is told in good time that it waits in vain; nobody waits for ever. */
export function waiting(turn: Turn, call: number, deadline: number): Caller {
  const patience = Math.min(deadline - turn.now, limits.customerCallMs);
  const until = turn.now + patience - Math.min(limits.lastWordMs, patience / 10);
  wake(turn, until);
  return { call, until };
}

/** The next pause of a retry: it doubles up to the longest. */
export const nextPause = (pauseMs: number): number =>
  Math.min(Math.max(pauseMs * 2, limits.retryFirstMs), limits.retryLongestMs);

/** A fellow's update that is pending here; only its origin can say what became of it. */
export function foreignPending(turn: Turn): Prepared | undefined {
  const { pending } = turn.book;
  return pending && pending.origin !== turn.settings.id ? pending : undefined;
}

/** Too many requests wait already. */
export function crowded({ desk }: Turn): boolean {
  const { queue, queries, propagations, settles } = desk;
  return (
    queue.length + queries.length + propagations.length + settles.length >= limits.waitingRequests
  );
}

export const tooMany = ({ settings }: Turn): string =>
  `branch ${settings.id} has ${limits.waitingRequests} requests waiting already; try again later`;

/** "branch 2", "branch 2 and branch 3", "branch 2, branch 3 and branch 4". */
export function branchNames(ids: readonly number[]): string {
  const names = ids.map((id) => `branch ${id}`);
  const last = names.pop() ?? 'no branch';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
