import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../test/fixtures/fills-its-heap.js',
);

function roomOf(...how: string[]): { readonly young: number; readonly old: number } {
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...how], { encoding: 'utf8' });
  assert.equal(stderr, '', 'V8 says so when it does not know a setting');
  return JSON.parse(stdout) as { young: number; old: number };
}

test('a heap that is bounded takes less room, and V8 knows what it is told', () => {
  const [tight, bounded, free] = [roomOf('tight'), roomOf('bounded'), roomOf()];
  assert.ok(
    bounded.young <= free.young * 0.75,
    `${bounded.young} of ${free.young} for young objects`,
  );
  assert.ok(bounded.old <= free.old * 0.75, `${bounded.old} of ${free.old} for old objects`);
  assert.ok(tight.old <= bounded.old * 0.9, `${tight.old} of ${bounded.old} for old objects`);
});
