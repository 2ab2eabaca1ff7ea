import type { BalanceSeries } from '../data.ts';
import type { View } from './view.ts';
import { firstAtLeast } from './warp.ts';
import type { Warp } from './warp.ts';

/** A balance curve with its values placed on the axis. */
export interface Curve {
  readonly lane: number;
  readonly positions: Float64Array;
  readonly balances: readonly number[];
}

export const curvesOf = (series: readonly BalanceSeries[], warp: Warp): Curve[] =>
  series.map(({ lane, at, balance }) => ({
    lane,
    positions: Float64Array.from(at, warp.position),
    balances: balance,
  }));

/**
 * The places at which curves are read in a view: every change when there are few, else one for
 * each pixel.
 */
export function samplePlaces(curves: readonly Curve[], view: View): number[] {
  const places = new Set([view.from, view.to]);
  for (const { positions } of curves) {
    for (let index = firstAtLeast(positions, view.from); index < positions.length; index += 1) {
      const position = positions[index] ?? 0;
      if (position > view.to) break;
      places.add(position);
      if (places.size > view.width) return evenPlaces(view);
    }
  }
  return [...places].toSorted((a, b) => a - b);
}

function evenPlaces({ from, to, width }: View): number[] {
  const columns = Math.max(2, Math.floor(width));
  return Array.from(
    { length: columns },
    (_, index) => from + ((to - from) * index) / (columns - 1),
  );
}

/** The balance at each place; null before the replica has one. */
export const valuesAt = (curve: Curve, places: readonly number[]): (number | null)[] =>
  places.map((place) => {
    const above = firstAtLeast(curve.positions, place);
    const exact = curve.positions[above] === place ? lastAt(curve.positions, above) : above - 1;
    return curve.balances[exact] ?? null;
  });

/** Of several values at one place the last one holds. */
function lastAt(positions: Float64Array, index: number): number {
  let last = index;
  while (positions[last + 1] === positions[index]) last += 1;
  return last;
}

/** The lowest and highest balance of all replicas at each place. */
export function rangeAt(
  curves: readonly Curve[],
  places: readonly number[],
): { readonly low: (number | null)[]; readonly high: (number | null)[] } {
  const low: (number | null)[] = places.map(() => null);
  const high: (number | null)[] = places.map(() => null);
  for (const curve of curves) {
    for (const [index, value] of valuesAt(curve, places).entries()) {
      if (value === null) continue;
      low[index] = Math.min(low[index] ?? value, value);
      high[index] = Math.max(high[index] ?? value, value);
    }
  }
  return { low, high };
}
