import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRunId, newRunId, runSuffix } from './run-id.ts';

test('an id sorts by time and carries a suffix', () => {
  const id = newRunId(new Date('2026-11-22T19:33:49.123Z'));
  assert.match(id, /^20261122-193349-[b-z2-9]{4}$/);
  assert.equal(isRunId(id), true);
  assert.equal(runSuffix(id), id.slice(-4));
});

test('no suffix makes pm2 take a name for a file', () => {
  for (let count = 0; count < 2_000; count += 1) {
    assert.match(runSuffix(newRunId(new Date())), /^[^aeioul01]{4}$/);
  }
});

for (const text of ['default', '', '20261122-193349-abcd-more', '20261122-1933-bcdf', 'latest']) {
  test(`"${text}" is no run id`, () => assert.equal(isRunId(text), false));
}
