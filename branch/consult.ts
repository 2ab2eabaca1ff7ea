import { limits } from '../bank/limits.ts';
import type { EventIdentity } from '../bank/scenario.ts';
import { incarnationOf, numberOf } from './book.ts';
import type { FinalWord } from './old-word.ts';
import type { ReplicaState, Tx, Undecided } from './protocol.ts';
import type { LedgerEntry } from './record.ts';
import type { Turn } from './turn.ts';

/**
 * Ledgers on a file system that outlives the machines: the ledger of a lost branch can be read, and
 * knows what became of an update that all others hold ready. A decision that stands there is final,
 * whenever it is read. That none stands there says nothing: who wrote it may live on and decide.
 */

/** Asks the ledger in which the update was proposed; each incarnation has its own. */
export function consult(turn: Turn, { tx, origin }: Undecided): void {
  const incarnation = incarnationOf(numberOf(tx, origin));
  turn.effects.push({ type: 'consult', branch: origin, incarnation, tx });
}

/** The state of those that all hold the update ready, with its decision. */
export function withOldWord(
  state: ReplicaState,
  { tx, origin, version }: Undecided,
  word: FinalWord,
): ReplicaState {
  if (word.decision === 'aborted') return state;
  const { balance, event } = word;
  const others = state.applied.filter(({ entry }) => entry !== event?.entry);
  const applied = event ? [...others, { ...event, origin, version }] : others;
  const latest = applied.slice(-limits.appliedEvents);
  return { ...state, version, balance, lastTx: tx, lastOrigin: origin, applied: latest };
}

/** What decides an update in the ledger of its origin; what is torn or damaged there decides nothing. */
export function finalWord(ledger: Iterable<LedgerEntry>, tx: Tx): FinalWord | undefined {
  let event: EventIdentity | undefined;
  for (const entry of ledger) {
    if (entry.type !== 'record') return undefined;
    const { record } = entry;
    if (!('tx' in record) || record.tx !== tx) continue;
    if (record.kind === 'prepare') event = record.event;
    else if (record.kind === 'abort') return { decision: 'aborted' };
    else return { decision: 'committed', balance: record.balance, ...(event && { event }) };
  }
  return undefined;
}
