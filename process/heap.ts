import { limits } from '../bank/limits.ts';

/** Bounds the heap of a process that stays, and further once it has stayed long. */
export function boundHeap(): void {
  tellLater(limits.shortLifeMs, bounds);
  tellLater(limits.longLifeMs, tightBounds);
}

/**
 * Keeps V8 from shrinking a heap that has hardly been used yet: 8 s after the start of a process, and
 * once more, it would collect all of it as soon as the process has little to do. With 100 branches
 * on two cores that were 192 collections of 20 to 120 ms, while others had much to do.
 */
export function delayShrinking(): void {
  tellLater(limits.shortLifeMs, withoutShrinking);
  tellLater(limits.longLifeMs, ['--incremental-marking', '--memory-reducer-single-gc']);
}

/** V8 shrinks a heap in small steps only. Where it has to collect, it then does so in one. */
export const withoutShrinking = ['--no-incremental-marking'];

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
 * Not while the build keeps the code that V8 compiles, because processes that start without these
 * settings would refuse that.
 */
function tellLater(afterMs: number, settings: readonly string[]): void {
  if (process.env['TALLY_KEEP_COMPILED'] !== undefined) return;
  setTimeout(() => void tellV8(settings), afterMs).unref();
}

/**
 * Node.js warns of settings that change while V8 runs; these V8 reads anew at each decision. At the
 * start of a process they would cost it 16 ms, because V8 would refuse the compiled code that
 * Node.js brings along. Processes that end before need not load the module.
 */
export async function tellV8(settings: readonly string[]): Promise<void> {
  const v8 = await import('node:v8');
  for (const setting of settings) v8.setFlagsFromString(setting);
}
