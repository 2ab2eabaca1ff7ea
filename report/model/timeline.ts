import type { HistoryRecord, Stamp } from '../../bank/history.ts';

/** A second between two machines' clocks is a different boot, not a slow write. */
const otherMachineUs = 1_000_000;

/**
 * Turns stamps into whole microseconds since the first record. Monotonic clocks of one machine are
 * comparable; a process on another machine is placed by its wall clock at its first record.
 */
export class Timeline {
  readonly #offsets = new Map<string, number>();
  readonly #elsewhere = new Set<string>();
  #first: Stamp | undefined;

  at(record: HistoryRecord): number {
    this.#first ??= record;
    if (record.kind === 'online' && record.node !== undefined) this.#elsewhere.add(record.subject);
    return Math.round(record.mono + this.#offset(record, this.#first) - this.#first.mono);
  }

  #offset(stamp: Stamp, first: Stamp): number {
    const life = `${stamp.process}/${stamp.life}`;
    const known = this.#offsets.get(life);
    if (known !== undefined) return known;
    const apart = (stamp.wall - first.wall) * 1_000 - (stamp.mono - first.mono);
    const elsewhere = this.#elsewhere.has(stamp.process) && Math.abs(apart) > otherMachineUs;
    const offset = elsewhere ? apart : 0;
    this.#offsets.set(life, offset);
    return offset;
  }
}
