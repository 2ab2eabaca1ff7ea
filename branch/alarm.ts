import { monotonicMs } from '../process/clock.ts';

/**
 * Wakes at a time of the monotonic clock, in milliseconds. One timer serves all who ask: the
 * earliest time counts, and whoever is woken asks for the next.
 */
export class Alarm {
  private readonly ring: () => void;
  private at = Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  set(at: number): void {
    if (at >= this.at) return;
    this.at = at;
    this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.expire(), Math.max(0, this.at - monotonicMs()));
  }

  /** Timers may be up to a millisecond early. */
  private expire(): void {
    if (monotonicMs() < this.at) return this.arm();
    this.at = Infinity;
    return this.ring();
  }
}
