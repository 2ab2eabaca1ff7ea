import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { monotonicMs } from '../process/clock.ts';
import { Alarm } from './alarm.ts';

/** The monotonic clock shows these milliseconds. */
function showClock(t: TestContext, now: () => number): void {
  t.mock.method(process, 'hrtime', () => [0, now() * 1_000_000]);
}

/** A clock that only moves when the test says so. */
function clock(t: TestContext): (ms: number) => void {
  let now = 1_000;
  t.mock.timers.enable({ apis: ['setTimeout'] });
  showClock(t, () => now);
  return (ms) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
}

test('the earliest time counts', (t) => {
  const pass = clock(t);
  let rings = 0;
  const alarm = new Alarm(() => (rings += 1));
  for (const at of [1_500, 1_100, 1_300]) alarm.set(at);
  pass(99);
  assert.equal(rings, 0);
  pass(1);
  assert.equal(rings, 1);
  pass(1_000);
  assert.equal(rings, 1, 'whoever is woken asks for the next');
});

test('it can be set again when it rings', (t) => {
  const pass = clock(t);
  let rings = 0;
  const alarm: Alarm = new Alarm(() => {
    rings += 1;
    alarm.set(monotonicMs() + 10);
  });
  alarm.set(1_010);
  for (let n = 0; n < 5; n += 1) pass(10);
  assert.equal(rings, 5);
});

test('a timer that is early does not ring', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 1_000;
  showClock(t, () => now);
  let rings = 0;
  const alarm = new Alarm(() => (rings += 1));
  alarm.set(1_010);
  now = 1_009.5;
  t.mock.timers.tick(10);
  assert.equal(rings, 0);
  now = 1_010;
  t.mock.timers.tick(1);
  assert.equal(rings, 1);
});
