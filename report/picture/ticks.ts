import type { Warp } from './warp.ts';

export interface Tick {
  readonly position: number;
  /** Microseconds. */
  readonly time: number;
}

/**
 * About `count` moments between two positions, evenly spread over the axis and as round as the
 * room allows: on a folded axis no fixed step of time would be evenly spread.
 */
export function ticksBetween(warp: Warp, from: number, to: number, count: number): Tick[] {
  const step = (to - from) / count;
  const ticks: Tick[] = [];
  for (let index = 0; index < count; index += 1) {
    const low = warp.time(from + step * (index + 0.35));
    const high = warp.time(from + step * (index + 0.65));
    const time = roundest(low, high);
    if (time !== ticks.at(-1)?.time) ticks.push({ position: warp.position(time), time });
  }
  return ticks;
}

/** The number between two others that is a multiple of the largest 1, 2 or 5 times a power of ten. */
function roundest(low: number, high: number): number {
  for (let power = 1e12; power >= 1; power /= 10) {
    for (const factor of [5, 2, 1]) {
      const unit = power * factor;
      const multiple = Math.ceil(low / unit) * unit;
      if (multiple <= high) return multiple;
    }
  }
  return Math.round((low + high) / 2);
}
