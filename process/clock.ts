/**
 * Milliseconds on a clock that never goes back. `performance.now()` tells the same, but loads eleven
 * modules of Node.js at its first call, up to a millisecond at the start of every process of a run.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
