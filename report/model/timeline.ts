import type { HistoryRecord, Stamp } from '../../bank/history.ts';

/** A second between two machines' clocks is a different boot, not a slow write. */
const otherMachineUs = 1_000_000;

/**
 * Turns stamps into whole microseconds since the first record. Monotonic clocks of one machine are
 * comparable; a process on another machine is placed by its wall clock at its first record.
 */
export class Timeline {
  readonly #offsets = new Map<string, { readonly life: number; readonly offset: number }>();
  readonly #elsewhere = new Set<string>();
  #first: Stamp | undefined;

  at(record: HistoryRecord): number {
    this.#first ??= record;
    if (record.kind === 'online' && record.node !== undefined) this.#elsewhere.add(record.subject);
    return Math.round(record.mono + this.#offset(record, this.#first) - this.#first.mono);
  }

  /** The same for all records of one life. */
  #offset({ process, life, wall, mono }: Stamp, first: Stamp): number {
    const known = this.#offsets.get(process);
    if (known?.life === life) return known.offset;
    const apart = (wall - first.wall) * 1_000 - (mono - first.mono);
    const elsewhere = this.#elsewhere.has(process) && Math.abs(apart) > otherMachineUs;
    const offset = elsewhere ? apart : 0;
    this.#offsets.set(process, { life, offset });
    return offset;
  }
}
