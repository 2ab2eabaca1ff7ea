import { limits } from '../bank/limits.ts';

/**
 * Bounds the heap of this process as soon as it counts as one that stays; not while the build keeps
 * the code that V8 compiles, because processes that start without bounds would refuse that.
 */
export function boundHeap(): void {
  if (process.env['TALLY_KEEP_COMPILED'] !== undefined) return;
  setTimeout(() => void boundHeapNow(), limits.shortLifeMs).unref();
}

/**
 * V8 takes no more room for young objects than it has by now; by itself it would take 32 MB. Old
 * ones are collected when they have grown by half, or by 8 MB; by itself V8 would wait for four
 * times what lives. Node.js warns of settings that change while V8 runs; these two V8 reads anew at
 * each decision. At the start of a process they would cost it 16 ms, because V8 would refuse the
 * compiled code that Node.js brings along. Processes that end before need not load the module.
 */
export async function boundHeapNow(): Promise<void> {
  const v8 = await import('node:v8');
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString('--heap-growing-percent=50');
}
