import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockText } from './clock-text.ts';

const times = [
  1_000_000, 1_000_001, 1_999_999, 2_000_000, 86_400_000_000, 1_764_190_000_000_000,
  1_764_190_000_123_456, 1_764_190_000_999_999, 1_764_190_001_000_000, 1_764_190_000_000_010,
];

test('a time is told in whole microseconds', () => {
  const clock = new ClockText('', '');
  assert.deepEqual(
    times.map((time) => clock.tell(time)),
    times.map(String),
  );
});

test('or in milliseconds with a fraction, behind what stands before it', () => {
  const clock = new ClockText('at ', '.');
  for (const time of times)
    assert.equal(clock.tell(time), `at ${Math.floor(time / 1_000)}.${String(time).slice(-3)}`);
});
