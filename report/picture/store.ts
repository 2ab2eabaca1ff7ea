import { mapNames } from '../columns.ts';
import { messageEnds } from '../data.ts';
import type { Column, MessageEnd, PageData } from '../data.ts';

/**
 * The tables of the page as typed arrays, so that a frame can look at every row of a long history.
 * Absent numbers are NaN, absent indices -1.
 */
export interface MessageStore {
  readonly length: number;
  readonly interface: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly entry: Int32Array;
  readonly position: Int32Array;
  readonly status: Int32Array;
  /** Microseconds since the run's first record, by end. */
  readonly times: Readonly<Record<MessageEnd, Float64Array>>;
  /** Messages with the same number are one fan-out; -1 for a message on its own. */
  readonly fan: Int32Array;
  readonly fans: number;
}

export interface MarkStore {
  readonly length: number;
  readonly kind: Int32Array;
  readonly lane: Int32Array;
  readonly at: Float64Array;
  readonly entry: Int32Array;
  readonly position: Int32Array;
  readonly note: Int32Array;
}

export function messageStore(data: PageData): MessageStore {
  const { messages } = data;
  const length = messages.at.length;
  const from = indices(messages.from, length);
  const name = indices(messages.interface, length);
  return {
    length,
    interface: name,
    from,
    to: indices(messages.to, length),
    entry: indices(messages.entry, length),
    position: indices(messages.position, length),
    status: indices(messages.status, length),
    times: mapNames(messageEnds, (end) => sums(messages.at, messages[`${end}_at`], length)),
    ...fansOf(data, from, name),
  };
}

export function markStore({ marks }: PageData): MarkStore {
  const length = marks.at.length;
  return {
    length,
    kind: indices(marks.kind, length),
    lane: indices(marks.lane, length),
    at: numbers(marks.at, length),
    entry: indices(marks.entry, length),
    position: indices(marks.position, length),
    note: indices(marks.note, length),
  };
}

/** A fan-out is what one branch tells the others about one update through one interface. */
function fansOf(
  { messages: { tx, attempt }, texts, lanes }: PageData,
  from: Int32Array,
  name: Int32Array,
): { readonly fan: Int32Array; readonly fans: number } {
  const numberOf = new Map<number, number>();
  const words = texts.length + 1;
  const fan = new Int32Array(from.length).fill(-1);
  for (let row = 0; row < from.length; row += 1) {
    const update = tx[row] ?? -1;
    if (update < 0) continue;
    // One number for all four, as digits make one: text would take three times as long.
    const told = ((attempt[row] ?? 1) * words + update) * words + (name[row] ?? -1);
    const key = told * (lanes.length + 1) + (from[row] ?? -1);
    const known = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, known);
    fan[row] = known;
  }
  return { fan, fans: numberOf.size };
}

// Row by row in a loop: `from` of a typed array takes twice as long.
function indices(column: Column, length: number): Int32Array {
  const made = new Int32Array(length);
  for (let row = 0; row < length; row += 1) made[row] = column[row] ?? -1;
  return made;
}

function numbers(column: Column, length: number): Float64Array {
  const made = new Float64Array(length);
  for (let row = 0; row < length; row += 1) made[row] = column[row] ?? Number.NaN;
  return made;
}

function sums(bases: Column, distances: Column, length: number): Float64Array {
  const made = numbers(distances, length);
  for (let row = 0; row < length; row += 1) made[row] = (made[row] ?? 0) + (bases[row] ?? 0);
  return made;
}
