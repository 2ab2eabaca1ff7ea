import { limits } from '../bank/limits.ts';

/**
 * Bounds the heap of this process as soon as it counts as one that stays, and further once it has
 * stayed long; not while the build keeps the code that V8 compiles, because processes that start
 * without bounds would refuse that.
 */
export function boundHeap(): void {
  if (process.env['TALLY_KEEP_COMPILED'] !== undefined) return;
  setTimeout(() => void tellV8(bounds), limits.shortLifeMs).unref();
  setTimeout(() => void tellV8(tightBounds), limits.longLifeMs).unref();
}

/**
 * Keeps V8 from shrinking a heap that has hardly been used yet: 8 s after the start of a process, and
 * once more, it would collect all of it as soon as the process has little to do. With 100 branches
 * on two cores that were 192 collections of 20 to 120 ms, while others had much to do.
 */
export function keepHeap(): void {
  if (process.env['TALLY_KEEP_COMPILED'] !== undefined) return;
  setTimeout(() => void tellV8(kept), limits.shortLifeMs).unref();
  setTimeout(() => void tellV8(shrunk), limits.longLifeMs).unref();
}

/** V8 shrinks step by step or not at all. When it has to collect, it now does so in one step. */
export const kept = ['--no-incremental-marking'];
const shrunk = ['--incremental-marking', '--memory-reducer-single-gc'];

/**
 * V8 takes no more room for young objects than it has by now; by itself it would take 32 MB. Old
 * ones are collected when they have grown by half, or by 8 MB; by itself V8 would wait for four
 * times what lives.
 */
export const bounds = ['--semi-space-growth-factor=1', '--heap-growing-percent=50'];

/**
 * To collect them after two fifths of that growth keeps a long visit's memory flat; sooner, it would
 * take a run of many branches 3 % of its time, in which they grow as they connect to each other.
 */
export const tightBounds = ['--incremental-marking-hard-trigger=40'];

/**
 * Node.js warns of settings that change while V8 runs; these V8 reads anew at each decision. At the
 * start of a process they would cost it 16 ms, because V8 would refuse the compiled code that
 * Node.js brings along. Processes that end before need not load the module.
 */
export async function tellV8(settings: readonly string[]): Promise<void> {
  const v8 = await import('node:v8');
  for (const setting of settings) v8.setFlagsFromString(setting);
}
