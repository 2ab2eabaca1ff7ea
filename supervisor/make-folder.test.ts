import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { makeFolder } from './make-folder.ts';

test('makes a folder with all above it, and leaves one that is there', (t) => {
  const folder = path.join(scratchFolder(t), 'a/b/c');
  makeFolder(folder);
  fs.writeFileSync(path.join(folder, 'file'), '');
  makeFolder(folder);
  assert.deepEqual(fs.readdirSync(folder), ['file']);
});

test(
  'says so, and comes back, where no folder can be made',
  { skip: !fs.existsSync('/proc') },
  () => {
    assert.throws(() => makeFolder('/proc/tally/runs'), /ENOENT|EPERM|EACCES/);
  },
);
