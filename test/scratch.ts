import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** A folder of its own for a test, short enough for sockets, gone when the test ends. */
export function scratchFolder(test: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-'));
  test.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
