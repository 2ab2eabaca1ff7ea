import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticksBetween } from './ticks.ts';
import { warpOf } from './warp.ts';
import { duration, moment } from './words.ts';

const times = Float64Array.from([0, 200_000, 200_300, 200_600, 201_000, 500_000]);

for (const kind of ['folded', 'even'] as const) {
  test(`on the ${kind} axis positions ascend with time and lead back to it`, () => {
    const warp = warpOf(kind, times);
    const positions = [...times].map(warp.position);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    for (const time of [0, 100, 200_150, 200_999, 350_000, 500_000])
      assert.ok(Math.abs(warp.time(warp.position(time)) - time) < 1e-3, `${time}`);
  });
}

test('the folded axis gives records room that idle time had', () => {
  const [folded, even] = [warpOf('folded', times), warpOf('even', times)];
  const share = (warp: typeof folded): number =>
    (warp.position(201_000) - warp.position(200_000)) / warp.length;
  assert.ok(share(even) < 0.01);
  assert.ok(share(folded) > 0.2);
});

test('an axis of a single moment has a length', () => {
  assert.ok(warpOf('folded', Float64Array.from([0])).length > 0);
});

test('ticks ascend, lie in the view, and are as round as the room allows', () => {
  const warp = warpOf('even', times);
  const ticks = ticksBetween(warp, 0, 500_000, 5);
  assert.deepEqual(
    ticks.map(({ time }) => time),
    [50_000, 150_000, 250_000, 350_000, 450_000],
  );
});

const words = [
  [duration(85), '85 µs'],
  [duration(1_240), '1.24 ms'],
  [duration(12_400_000), '12.4 s'],
  [duration(200_000_000), '3 min 20 s'],
  [moment(201_250), '201.25 ms'],
  [moment(5_650_000), '5.65 s'],
] as const;

for (const [found, expected] of words) {
  test(`a duration reads ${expected}`, () => assert.equal(found, expected));
}
