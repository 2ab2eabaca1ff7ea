import { limits } from '../bank/limits.ts';
import { numberOf, numbersBefore } from './book.ts';
import { consult, withOldWord } from './consult.ts';
import type { Peer } from './desk.ts';
import { fenceOff } from './fence.ts';
import type { OldWord } from './old-word.ts';
import type { Fence, Recollection, ReplicaState, Tx, Undecided } from './protocol.ts';
import { attendAll, tellAll } from './tell.ts';
import {
  type Turn,
  branchNames,
  fencesOf,
  firstThatCounts,
  halt,
  record,
  reply,
  wake,
} from './turn.ts';

/** A ledger was lost with its machine: what the fellows know takes its place, or nothing does. */

/** Asks every fellow; there is no state to serve until all have answered. */
export function beginRecovery(turn: Turn): void {
  turn.desk.recoverUntil = turn.now + limits.recoverMs;
  wake(turn, turn.desk.recoverUntil);
  attendAll(turn);
  conclude(turn);
}

/** A fellow that lost its ledger asks what this branch knows. */
export function tellState(turn: Turn, fences: readonly Fence[], call: number): void {
  for (const fence of fences) fenceOff(turn, fence);
  if (turn.desk.halted) return;
  attendAll(turn);
  const { incarnation } = turn.settings;
  const known = { interface: 'recover', incarnation, fences: fencesOf(turn) } as const;
  reply(turn, call, turn.book.restored ? { ...known, state: stateOf(turn) } : known);
}

function stateOf({ book }: Turn): ReplicaState {
  const { version, balance, lastTx, lastOrigin, pending } = book;
  const state = { version, balance, lastTx, lastOrigin, applied: [...book.applied.values()] };
  if (pending === undefined) return state;
  const { tx, origin, version: next } = pending;
  return { ...state, pending: { tx, origin, version: next } };
}

/** A fellow answered. What it said before it put all known fences up is asked again. */
export function hearState(turn: Turn, peer: Peer, told: Recollection): void {
  const { book, desk } = turn;
  if (book.restored) return;
  for (const fence of told.fences) fenceOff(turn, fence);
  fenceOff(turn, { branch: peer.id, incarnation: told.incarnation });
  if (desk.halted) return;
  desk.recollections.set(peer.id, told);
  const fences = fencesOf(turn);
  for (const other of desk.peers) {
    const answer = desk.recollections.get(other.id);
    if (answer && !covers(answer, other.id, fences)) desk.recollections.delete(other.id);
  }
  attendAll(turn);
  conclude(turn);
}

/** Whether a fellow's answer was given behind all these fences, and by an incarnation that counts. */
function covers(answer: Recollection, id: number, fences: readonly Fence[]): boolean {
  const standing = new Map(answer.fences.map(({ branch, incarnation }) => [branch, incarnation]));
  standing.set(id, answer.incarnation);
  return fences.every(({ branch, incarnation }) => (standing.get(branch) ?? 1) >= incarnation);
}

/**
 * When all have answered, nothing of the lost incarnations can be committed any more that a fellow
 * does not hold: they need every vote. So the state that is furthest on is the bank's, unless an
 * update that all hold ready is in doubt.
 * @param old what the ledger of its lost origin says of such an update, if that was looked up now
 */
function conclude(turn: Turn, old?: OldWordOf): void {
  const { desk } = turn;
  const answers = [...desk.recollections];
  if (answers.length < desk.peers.length) return;
  const states = answers.flatMap(([, { state }]) => state ?? []);
  const [latest] = states.toSorted((one, other) => other.version - one.version);
  if (latest === undefined) return giveUp(turn, `every branch has lost its ledger`);
  const open = states.flatMap(({ pending }) => pending ?? []);
  const undecided = open.filter(
    (update) => isOfTheLost(turn, update) && update.version > latest.version,
  );
  const doubtful = undecided.find(
    ({ tx }) => undecided.filter((other) => other.tx === tx).length === states.length,
  );
  if (doubtful === undefined) return restore(turn, latest, undecided);
  const word = old?.tx === doubtful.tx ? old.word : undefined;
  if (word === undefined && turn.settings.hasSharedLedgers === true) return consult(turn, doubtful);
  if (word === undefined || word.decision === 'undecided')
    return giveUp(turn, doubt(turn, doubtful, word?.why));
  return restore(turn, withOldWord(latest, doubtful, word), undecided);
}

interface OldWordOf {
  readonly tx: Tx;
  readonly word: OldWord;
}

/** The word of a lost ledger arrived. What was in doubt when it was asked for may not be now. */
export function hearOldLedger(turn: Turn, old: OldWordOf): void {
  if (!turn.book.restored) conclude(turn, old);
}

/** From now on this is the state of the bank; an own update that it lacks is aborted. */
function restore(turn: Turn, state: ReplicaState, undecided: readonly Undecided[]): void {
  const { desk, settings } = turn;
  const proposed = Math.max(0, ...undecided.map(({ tx }) => numberOf(tx, settings.id)));
  const { version, balance, lastTx, lastOrigin, applied } = state;
  record(turn, { kind: 'recover', version, balance, lastTx, lastOrigin, proposed, applied });
  desk.recollections.clear();
  desk.recoverUntil = Infinity;
  return tellAll(turn);
}

/** What an incarnation that lives has proposed, it decides. */
function isOfTheLost({ book, settings }: Turn, { tx, origin }: Undecided): boolean {
  const { id, incarnation } = settings;
  const living = origin === id ? incarnation : firstThatCounts(book, origin);
  return numberOf(tx, origin) <= numbersBefore(living);
}

function doubt({ desk }: Turn, { tx, origin, version }: Undecided, why?: string): string {
  const holders = [...desk.recollections].flatMap(([id, { state }]) => (state ? [id] : []));
  const names = branchNames(holders.toSorted((one, other) => one - other));
  return `${names} ${holders.length === 1 ? 'holds' : 'hold'} update ${tx} of branch ${origin} ready for version ${version}, and ${why ?? 'only a lost ledger knew whether it was committed'}`;
}

/** Too many fellows stay away, or a lost ledger cannot be read. */
export function expireRecovery(turn: Turn): void {
  const { desk, now } = turn;
  if (desk.recoverUntil > now) return;
  const silent = desk.peers.filter(({ id }) => !desk.recollections.has(id)).map(({ id }) => id);
  const who = silent.length > 0 ? branchNames(silent) : 'the file system of the shared ledgers';
  giveUp(turn, `${who} did not answer within ${limits.recoverMs} ms`);
}

function giveUp(turn: Turn, why: string): void {
  const { id } = turn.settings;
  halt(turn, `branch ${id} cannot recover the ledger that was lost with its machine: ${why}`);
}
