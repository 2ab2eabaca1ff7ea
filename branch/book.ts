import type { FailReason } from '../bank/answer.ts';
import type { EventIdentity } from '../bank/scenario.ts';
import { limits } from '../bank/limits.ts';
import type { Applied, LedgerRecord, Propagation, Tx } from './protocol.ts';
import type { Settings } from './settings.ts';

/** An update that this branch has voted for, its own or a fellow's. */
export type Prepared = Extract<LedgerRecord, { kind: 'prepare' }>;

/** How a deposit or withdrawal ended. */
export type Outcome =
  | { readonly result: 'success'; readonly version: number }
  | { readonly result: 'fail'; readonly reason: FailReason; readonly detail: string };

/** The outcome of the last event of an entry. */
export interface Result {
  readonly position: number;
  readonly outcome: Outcome;
}

/**
 * What a branch knows for good: exactly what its ledger says. Live and on replay it changes by
 * `enter` alone, so a replay cannot differ from what was lived.
 */
export interface Book {
  opened: boolean;
  /** It knows the bank: from the beginning, or from its fellows when its ledger was lost. */
  restored: boolean;
  version: number;
  balance: number;
  /** The update at `version` and its origin; empty and 0 before the first. */
  lastTx: Tx;
  lastOrigin: number;
  pending: Prepared | undefined;
  /** This branch's own updates are numbered; the latest that it proposed. */
  proposed: number;
  /** Numbers up to this one belong to earlier incarnations. */
  numbersAfter: number;
  /**
   * The latest of its own that it committed, 0 before the first. No other needs to be remembered:
   * every fellow voted for this one, and therefore knows what became of all before it.
   */
  committed: number;
  /** By entry: the outcome to repeat. An entry's events come in order, so one is enough. */
  readonly results: Map<number, Result>;
  /** By entry, the latest last: what a fellow must know that recovers. Customers take turns. */
  readonly applied: Map<number, Applied>;
  /** By fellow: the first incarnation that counts, if it is not 1. */
  readonly fences: Map<number, number>;
}

export const emptyBook = (): Book => ({
  opened: false,
  restored: false,
  version: 0,
  balance: 0,
  lastTx: '',
  lastOrigin: 0,
  pending: undefined,
  proposed: 0,
  numbersAfter: 0,
  committed: 0,
  results: new Map(),
  applied: new Map(),
  fences: new Map(),
});

export const txOf = (branch: number, n: number): Tx => `${branch}.${n}`;

/**
 * The number of this branch's next update. No incarnation uses a number of another, of which it may
 * not know.
 */
export const nextNumber = ({ proposed, numbersAfter }: Book): number =>
  Math.max(proposed, numbersAfter) + 1;

/** The last number that incarnations before this one may have used. */
export const numbersBefore = (incarnation: number): number =>
  (incarnation - 1) * limits.updatesOfOneIncarnation;

/** Which incarnation of its origin an own update of this number is of. */
export const incarnationOf = (n: number): number =>
  Math.floor((n - 1) / limits.updatesOfOneIncarnation) + 1;

/** The number of an update among those of its origin; 0 when the origin is another branch. */
export function numberOf(tx: Tx, origin: number): number {
  const n = tx.startsWith(`${origin}.`) ? Number(tx.slice(`${origin}.`.length)) : 0;
  return Number.isSafeInteger(n) && n > 0 && tx === txOf(origin, n) ? n : 0;
}

/** The line that holds an update ready, the same at every branch. */
export function prepareLine(update: Propagation): Prepared {
  const { interface: name, tx, origin, version, prevTx, money, event } = update;
  const delta = name === 'propagate_deposit' ? money : -money;
  return { kind: 'prepare', tx, origin, version, delta, prevTx, ...(event && { event }) };
}

/** Makes one ledger line true. Returns what it contradicts, in words, or nothing. */
export function enter(book: Book, settings: Settings, record: LedgerRecord): string | undefined {
  if (record.kind !== 'open' && !book.opened) return 'the first line does not open the ledger';
  if (!book.restored && !beforeRecovery.has(record.kind))
    return `a ledger that was lost is not recovered before its ${record.kind}`;
  switch (record.kind) {
    case 'open':
      return open(book, settings, record);
    case 'fence':
      return fence(book, settings, record);
    case 'recover':
      return recover(book, settings, record);
    case 'prepare':
      return prepare(book, settings, record);
    case 'commit':
      return commit(book, settings, record);
    case 'abort':
      return abort(book, settings, record);
    case 'refuse':
      return remember(book, record.event, {
        result: 'fail',
        reason: record.reason,
        detail: record.detail,
      });
  }
}

/** Kinds of lines that a ledger may have while the state of the bank is still missing. */
const beforeRecovery: ReadonlySet<LedgerRecord['kind']> = new Set(['open', 'fence', 'recover']);

type RecordOf<Kind extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: Kind }>;

function open(book: Book, settings: Settings, record: RecordOf<'open'>): string | undefined {
  const { runId, id, balance, incarnation } = settings;
  if (book.opened) return 'the ledger is opened twice';
  if (record.runId !== runId) return `it belongs to run ${record.runId}, not to run ${runId}`;
  if (record.branch !== id) return `it belongs to branch ${record.branch}, not to branch ${id}`;
  if (record.balance !== balance)
    return `it starts with a balance of ${record.balance}, the run with ${balance}`;
  if ((record.incarnation ?? 1) !== incarnation)
    return `it belongs to incarnation ${record.incarnation ?? 1} of branch ${id}, not to incarnation ${incarnation}`;
  book.opened = true;
  book.restored = incarnation === 1;
  book.numbersAfter = numbersBefore(incarnation);
  book.balance = balance;
  return undefined;
}

function fence(book: Book, settings: Settings, record: RecordOf<'fence'>): string | undefined {
  const { branch, incarnation } = record;
  if (branch === settings.id || incarnation <= (book.fences.get(branch) ?? 1))
    return `incarnation ${incarnation} of branch ${branch} is no new one of a fellow`;
  book.fences.set(branch, incarnation);
  return undefined;
}

function recover(book: Book, { id }: Settings, record: RecordOf<'recover'>): string | undefined {
  const { version, balance, lastTx, lastOrigin, proposed, applied } = record;
  if (book.restored) return 'a ledger that is not lost is recovered';
  Object.assign(book, { restored: true, version, balance, lastTx, lastOrigin });
  book.committed = numberOf(lastTx, id);
  book.proposed = Math.max(proposed, book.committed);
  for (const update of applied) {
    book.applied.set(update.entry, update);
    const { entry, position, origin, version } = update;
    if (origin === id)
      book.results.set(entry, { position, outcome: { result: 'success', version } });
  }
  return undefined;
}

function prepare(book: Book, settings: Settings, record: RecordOf<'prepare'>): string | undefined {
  const { tx, origin, version, prevTx, delta } = record;
  if (book.pending) return `update ${tx} is prepared while update ${book.pending.tx} is pending`;
  if (version !== book.version + 1 || prevTx !== book.lastTx)
    return `update ${tx} for version ${version} after ${prevTx} does not follow version ${book.version} after ${book.lastTx}`;
  if (!Number.isSafeInteger(book.balance + delta) || book.balance + delta < 0)
    return `update ${tx} would change the balance of ${book.balance} by ${delta}`;
  const n = numberOf(tx, origin);
  if (n === 0 || (origin === settings.id && n <= book.proposed))
    return `update ${tx} is not a new one of branch ${origin}`;
  if (origin === settings.id) book.proposed = n;
  book.pending = record;
  return undefined;
}

function commit(book: Book, settings: Settings, record: RecordOf<'commit'>): string | undefined {
  const update = book.pending;
  if (update?.tx !== record.tx) return `update ${record.tx} is committed without being pending`;
  const balance = book.balance + update.delta;
  if (record.version !== update.version || record.balance !== balance)
    return `update ${record.tx} leaves version ${record.version} with ${record.balance}, but it should be version ${update.version} with ${balance}`;
  book.pending = undefined;
  book.version = update.version;
  book.balance = balance;
  book.lastTx = update.tx;
  book.lastOrigin = update.origin;
  noteApplied(book, update);
  if (update.origin !== settings.id) return undefined;
  book.committed = book.proposed;
  return remember(book, update.event, { result: 'success', version: update.version });
}

/** Keeps the latest: an entry of which nothing was heard for so long is over. */
function noteApplied({ applied }: Book, { event, origin, version }: Prepared): void {
  if (event === undefined) return;
  const { entry, position } = event;
  applied.delete(entry);
  applied.set(entry, { entry, position, origin, version });
  const [oldest] = applied.keys();
  if (applied.size > limits.appliedEvents && oldest !== undefined) applied.delete(oldest);
}

function abort(book: Book, settings: Settings, record: RecordOf<'abort'>): string | undefined {
  const update = book.pending;
  if (update?.tx !== record.tx) return `update ${record.tx} is aborted without being pending`;
  book.pending = undefined;
  const { reason, detail = '' } = record;
  if (update.origin !== settings.id || reason === undefined) return undefined;
  return remember(book, update.event, { result: 'fail', reason, detail });
}

function remember(
  book: Book,
  event: EventIdentity | undefined,
  outcome: Outcome,
): string | undefined {
  if (event === undefined) return undefined;
  const { entry, position } = event;
  const last = book.results.get(entry)?.position ?? 0;
  if (position <= last)
    return `event ${position} of entry ${entry} is answered after event ${last} of it`;
  book.results.set(entry, { position, outcome });
  return undefined;
}
