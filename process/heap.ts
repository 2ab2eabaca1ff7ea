import v8 from 'node:v8';
import { limits } from '../bank/limits.ts';

/**
 * Has V8 collect old objects when they have grown by half, or by 8 MB; by itself it would wait for
 * four times what lives. And a process that is there for long gets no more room for young objects
 * than it has by then; by itself V8 would take 32 MB. V8 reads both settings anew at each decision.
 * Given at the start of a process they would cost it 16 ms, because it would refuse the compiled
 * code that Node.js brings along.
 */
export function boundHeap(): void {
  v8.setFlagsFromString('--heap-growing-percent=50');
  setTimeout(boundYoung, limits.shortLifeMs).unref();
}

export function boundYoung(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}
