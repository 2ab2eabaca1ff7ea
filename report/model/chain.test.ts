import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleHistory } from '../../test/sample-history.ts';
import type { Chain } from '../data.ts';
import { CriticalChain } from './chain.ts';

function chainOf(linksMost: number): Chain {
  const chain = new CriticalChain(linksMost, 1_000);
  const records = [...sampleHistory({ branches: 3, visits: [1, 2, 3], eventsPerVisit: 4 })];
  const start = records[0]?.mono ?? 0;
  for (const [index, record] of records.entries())
    chain.add(record, { at: record.mono - start, lane: 0, line: index + 1 });
  return chain.chain();
}

test('a chain beyond the limit is told by its sums alone, and they are the same', () => {
  const whole = chainOf(1_000);
  const cut = chainOf(10);
  assert.ok(whole.links.length > 50);
  assert.deepEqual(cut.links, []);
  assert.deepEqual(cut.phases, whole.phases);
  assert.equal(cut.length, whole.length);
});
