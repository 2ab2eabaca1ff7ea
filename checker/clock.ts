import type { Stamp } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';

/**
 * Reads the time of a record, in microseconds. On one machine the monotonic clock is exact. The
 * clocks of several machines differ, so there wall time is widened by what they may differ.
 */
export interface Clock {
  readonly name: 'monotonic' | 'wall';
  readonly at: (record: Stamp) => number;
  readonly earliest: (record: Stamp) => number;
  readonly latest: (record: Stamp) => number;
}

const mono = ({ mono }: Stamp): number => mono;
const wall = ({ wall }: Stamp): number => wall * 1_000;
const skewUs = limits.clockSkewMs * 1_000;

export const monotonicClock: Clock = {
  name: 'monotonic',
  at: mono,
  earliest: mono,
  latest: mono,
};

export const wallClock: Clock = {
  name: 'wall',
  at: wall,
  earliest: (record) => wall(record) - skewUs,
  latest: (record) => wall(record) + skewUs,
};
