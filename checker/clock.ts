import type { Stamp } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';

/** Says when a record was written, for "before" and "after"; the unit is the clock's own. */
export interface Clock {
  readonly name: 'lines' | 'monotonic' | 'wall';
  readonly at: (record: Stamp, line: number) => number;
  /** What `at` may be too late or too early by. */
  readonly error: number;
}

/**
 * The place in the file. On one machine every process appends at the moment of writing, so the
 * order of the lines is the order of time itself, finer than any clock and without their errors.
 */
export const lineClock: Clock = { name: 'lines', at: (_, line) => line, error: 0 };

/** For a history of one machine whose lines are out of order. */
export const monotonicClock: Clock = { name: 'monotonic', at: ({ mono }) => mono, error: 0 };

/** For several machines: their clocks differ, so nearby times may be in either order. */
export const wallClock: Clock = {
  name: 'wall',
  at: ({ wall }) => wall,
  error: limits.clockSkewMs,
};
