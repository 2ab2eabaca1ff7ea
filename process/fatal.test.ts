import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../test/fixtures/ends-at-a-bug.js',
);

for (const how of ['error', 'rejection']) {
  test(`an ${how} that nobody expected ends the process with message and stack alone`, () => {
    const { status, stderr } = spawnSync(process.execPath, [program, how], { encoding: 'utf8' });
    assert.equal(status, 70);
    assert.match(
      stderr,
      /^branch-1 ends at an error that nobody expected: Error: the sum is wrong\n +at /,
    );
    assert.ok(!stderr.includes('throw new'), 'the line of the source is not shown');
  });
}
