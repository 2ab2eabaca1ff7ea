import { limits } from '../bank/limits.ts';
import type { EventIdentity } from '../bank/scenario.ts';

/** A version of the account: the update that leads to it, as the replicas have it. */
export interface Slot {
  readonly version: number;
  /** Absent while only a restart implies that there is one. */
  tx?: string;
  delta: number;
  event?: EventIdentity | undefined;
  /** The event's number among all of the run; absent for a client outside the run. */
  number?: number | undefined;
  /** The first line that applies it. */
  line: number;
  /** How many replicas have it. */
  count: number;
  /** Branches whose records imply that they have it, because a life of theirs began with it. */
  readonly implied: number[];
  /** Its origin has committed it, as far as records tell. */
  decided: boolean;
  /** Its customer knows what became of it, or there is none in the run. */
  answered: boolean;
}

/** The versions that somebody still has something to say about, and the latest that are settled. */
export class Slots {
  readonly #open = new Map<number, Slot>();
  readonly #byEvent = new Map<number, Slot>();
  readonly #byTx = new Map<string, Slot>();
  /** Settled ones, by their version modulo the size. */
  readonly #recent: Slot[] = [];
  readonly #recentByTx = new Map<string, Slot>();

  get size(): number {
    return this.#open.size;
  }

  /** The versions that are open, in their order. */
  get open(): Slot[] {
    return [...this.#open.values()].toSorted((one, other) => one.version - other.version);
  }

  at(version: number): Slot | undefined {
    const open = this.#open.get(version);
    if (open) return open;
    const recent = this.#recent[version % limits.checkedRecent];
    return recent?.version === version ? recent : undefined;
  }

  ofEvent(number: number): Slot | undefined {
    return this.#byEvent.get(number);
  }

  ofTx(tx: string): Slot | undefined {
    return this.#byTx.get(tx) ?? this.#recentByTx.get(tx);
  }

  /** A version that nobody has told of before. */
  create(version: number): Slot {
    const slot: Slot = {
      version,
      delta: 0,
      line: 0,
      count: 0,
      implied: [],
      decided: false,
      answered: false,
    };
    this.#open.set(version, slot);
    return slot;
  }

  /** Says which update leads to the version. */
  fill(
    slot: Slot,
    update: Required<Pick<Slot, 'tx' | 'delta' | 'line'>> & Pick<Slot, 'event' | 'number'>,
  ): void {
    Object.assign(slot, update);
    this.#byTx.set(update.tx, slot);
    if (update.number === undefined) slot.answered = true;
    else this.#byEvent.set(update.number, slot);
  }

  /** Everything about the version is known and right. */
  retire(slot: Slot): void {
    this.#open.delete(slot.version);
    if (slot.number !== undefined) this.#byEvent.delete(slot.number);
    if (slot.tx === undefined) return;
    this.#byTx.delete(slot.tx);
    const place = slot.version % limits.checkedRecent;
    const older = this.#recent[place];
    if (older?.tx !== undefined) this.#recentByTx.delete(older.tx);
    this.#recent[place] = slot;
    this.#recentByTx.set(slot.tx, slot);
  }
}
