import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pm2Metrics, Ticker } from './metrics.ts';

test('a state that changes all the time is told four times a second', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let value = 0;
  const told: number[] = [];
  const ticker = new Ticker(() => told.push(value), 1);
  for (value = 1; value <= 110; value += 1) {
    ticker.changed();
    t.mock.timers.tick(10);
  }
  assert.deepEqual(told, [25, 50, 75, 100]);
  value = 110;
  t.mock.timers.tick(250);
  assert.deepEqual(told, [25, 50, 75, 100, 110], 'the latest state is told in the end');
});

test('fifty processes that change together tell once in two seconds each', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let told = 0;
  const ticker = new Ticker(() => (told += 1), 50);
  for (let ms = 0; ms < 6_000; ms += 100) {
    ticker.changed();
    t.mock.timers.tick(100);
  }
  assert.equal(told, 3);
});

test('nothing is told while nothing changes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let told = 0;
  const ticker = new Ticker(() => (told += 1), 1);
  ticker.changed();
  t.mock.timers.tick(10_000);
  assert.equal(told, 1);
});

test('pm2 shows a metric by its name', () => {
  assert.deepEqual(pm2Metrics({ Balance: 0 }), {
    type: 'axm:monitor',
    data: { Balance: { value: 0 } },
  });
});
