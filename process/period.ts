/** What a process tells people costs pm2's daemon, and everybody who listens to it, 250 µs a piece. */
const shareMs = 40;

/**
 * How long a process gathers what it has to tell: at least so long, and longer when many processes
 * change together, so that all of them tell no more than 25 pieces of a kind in a second.
 */
export const gatherMs = (leastMs: number, processes: number): number =>
  Math.max(leastMs, processes * shareMs);
