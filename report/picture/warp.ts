/**
 * Where a moment stands on the diagram's axis. A run is mostly waiting for processes to start; the
 * folded axis gives each record room and lets idle time grow with its logarithm only.
 */
export interface Warp {
  readonly kind: AxisKind;
  /** The axis goes from 0 to here. */
  readonly length: number;
  readonly position: (time: number) => number;
  readonly time: (position: number) => number;
}

export type AxisKind = 'folded' | 'even';

/** A gap of this many microseconds takes about as much room as a gap of any shorter length. */
const shortGap = 20;

/** `times` are all moments at which something happened, in any order, and NaN. */
export function warpOf(kind: AxisKind, times: Float64Array): Warp {
  const sorted = distinct(times.toSorted());
  const last = sorted.at(-1) ?? 0;
  if (kind === 'even' || sorted.length < 2) {
    const length = Math.max(1, last);
    return { kind, length, position: (time) => time, time: (position) => position };
  }
  const positions = foldedPositions(sorted);
  return {
    kind,
    length: positions.at(-1) ?? 1,
    position: (time) => interpolate(time, sorted, positions),
    time: (position) => interpolate(position, positions, sorted),
  };
}

function foldedPositions(times: Float64Array): Float64Array {
  const positions = new Float64Array(times.length);
  for (let index = 1; index < times.length; index += 1) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    positions[index] = (positions[index - 1] ?? 0) + Math.log1p(gap / shortGap);
  }
  return positions;
}

/** Moves what differs to the front; NaN stands behind all numbers. */
function distinct(sorted: Float64Array): Float64Array {
  let length = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const time = sorted[index] ?? Number.NaN;
    if (Number.isNaN(time)) break;
    if (length > 0 && time === sorted[length - 1]) continue;
    sorted[length] = time;
    length += 1;
  }
  return sorted.subarray(0, length);
}

/** Both arrays ascend; outside of them the ends hold. */
function interpolate(value: number, from: Float64Array, to: Float64Array): number {
  const above = firstAtLeast(from, value);
  if (above === 0) return to[0] ?? 0;
  if (above === from.length) return to.at(-1) ?? 0;
  const low = from[above - 1] ?? 0;
  const high = from[above] ?? 0;
  const toLow = to[above - 1] ?? 0;
  const toHigh = to[above] ?? 0;
  return toLow + ((value - low) / (high - low)) * (toHigh - toLow);
}

/** Index of the first element that is not below `value`, or the length. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
