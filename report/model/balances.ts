import type { BalanceSeries } from '../data.ts';

interface Series {
  readonly lane: number;
  at: number[];
  balance: number[];
  values: number;
}

/**
 * The balance of every replica over time. Each series is thinned to its extremes when it outgrows
 * its share of `pointsMost`, so that a momentary divergence stays visible.
 */
export class Balances {
  readonly #series = new Map<number, Series>();
  readonly #pointsMost: number;

  constructor(branchLanes: readonly number[], pointsMost: number) {
    this.#pointsMost = Math.max(64, Math.floor(pointsMost / Math.max(1, branchLanes.length)));
    for (const lane of branchLanes)
      this.#series.set(lane, { lane, at: [], balance: [], values: 0 });
  }

  add(lane: number, at: number, balance: number): void {
    const series = this.#series.get(lane);
    if (!series) return;
    series.values += 1;
    if (series.balance.at(-1) === balance) return;
    series.at.push(at);
    series.balance.push(balance);
    if (series.at.length > this.#pointsMost) thin(series);
  }

  all(): BalanceSeries[] {
    return [...this.#series.values()];
  }
}

/** Of every four neighbours the lowest and the highest stay; the first and the last always do. */
function thin(series: Series): void {
  const { at, balance } = series;
  const kept = new Set([0, at.length - 1]);
  for (let start = 1; start < at.length - 1; start += 4) {
    let low = start;
    let high = start;
    for (let index = start; index < Math.min(start + 4, at.length - 1); index += 1) {
      if ((balance[index] ?? 0) < (balance[low] ?? 0)) low = index;
      if ((balance[index] ?? 0) > (balance[high] ?? 0)) high = index;
    }
    kept.add(low).add(high);
  }
  series.at = at.filter((_, index) => kept.has(index));
  series.balance = balance.filter((_, index) => kept.has(index));
}
