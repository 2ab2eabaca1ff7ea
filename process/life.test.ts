import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { appendMark, beginLife, countMarks } from './life.ts';

test('each start of a process is its next life', (t) => {
  const folder = scratchFolder(t);
  assert.deepEqual(
    ['branch-1', 'branch-1', 'visit-1', 'branch-1'].map((name) => beginLife(folder, name)),
    [0, 1, 0, 2],
  );
});

test('what was never counted counts as 0', (t) => {
  const file = path.join(scratchFolder(t), 'faults', '3.count');
  assert.equal(countMarks(file), 0);
  assert.equal(appendMark(file), 1);
  assert.equal(countMarks(file), 1);
});
