import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gate } from './gate.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

test('so many are in at a time, in their order, also when one fails', async () => {
  const gate = new Gate(2);
  const begun: number[] = [];
  const ends: ((failed: boolean) => void)[] = [];
  const works = [0, 1, 2, 3].map((number) =>
    gate.pass(async () => {
      begun.push(number);
      const failed = await new Promise<boolean>((resolve) => ends.push(resolve));
      if (failed) throw new Error(`work ${number}`);
    }),
  );
  await turn();
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.(true);
  await assert.rejects(works[1] ?? Promise.resolve(), /work 1/);
  await turn();
  assert.deepEqual(begun, [0, 1, 2]);
  ends[0]?.(false);
  await turn();
  assert.deepEqual(begun, [0, 1, 2, 3]);
  ends[2]?.(false);
  ends[3]?.(false);
  await Promise.all([works[0], works[2], works[3]]);
});
