import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndRecordOfCall } from './messages.ts';
import { Balances } from './balances.ts';
import { Latencies } from './latencies.ts';

const end = (kind: 'call' | 'return', message: number, status?: string): EndRecordOfCall => {
  const common = {
    process: 'visit-1',
    clock: 1,
    message: `visit-1/0/${message}`,
    interface: 'query',
  };
  return kind === 'call'
    ? { ...common, kind, interface: 'query', to: 'branch-1', attempt: 1 }
    : { ...common, kind, interface: 'query', from: 'branch-1', ...(status && { status }) };
};

test('percentiles are within one in a hundred of the exact ones', () => {
  const latencies = new Latencies(10);
  for (let number = 1; number <= 1_000; number += 1) {
    latencies.add(end('call', number), 0);
    latencies.add(end('return', number), number * 7);
  }
  const [query] = latencies.all();
  assert.equal(query?.samples, 1_000);
  assert.deepEqual([query.min, query.max], [7, 7_000]);
  for (const [found, exact] of [
    [query.p50, 3_500],
    [query.p90, 6_300],
    [query.p99, 6_930],
  ] as const)
    assert.ok(Math.abs(found - exact) <= exact / 100, `${found} is not ${exact}`);
});

test('a call that failed or never returned counts, but is no sample', () => {
  const latencies = new Latencies(1);
  latencies.add(end('call', 1), 0);
  latencies.add(end('return', 1, 'UNAVAILABLE'), 5);
  for (const number of [2, 3, 4]) latencies.add(end('call', number), 10);
  latencies.add(end('return', 4), 20);
  const [query] = latencies.all();
  assert.deepEqual([query?.samples, query?.failures], [1, 3]);
});

test('a thinned balance curve keeps a divergence of one moment, its first and its last value', () => {
  const balances = new Balances([1], 100);
  for (let at = 0; at < 10_000; at += 1) balances.add(1, at, at === 5_003 ? 1_000_000 : at % 7);
  const [series] = balances.all();
  assert.ok(series && series.at.length <= 101, `${series?.at.length} values`);
  assert.equal(series.values, 10_000);
  assert.ok(series.balance.includes(1_000_000));
  assert.deepEqual([series.at[0], series.at.at(-1)], [0, 9_999]);
});
