import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { appendWhole } from './append.ts';

test('a text is appended, whatever its letters', (t) => {
  const file = path.join(scratchFolder(t), 'file');
  const descriptor = fs.openSync(file, 'a');
  appendWhole(descriptor, 'größer\n');
  appendWhole(descriptor, '… 3 more\n');
  fs.closeSync(descriptor);
  assert.equal(fs.readFileSync(file, 'utf8'), 'größer\n… 3 more\n');
});

test('a text that is written in part is an error', (t) => {
  t.mock.method(fs, 'writeSync', () => 3);
  assert.throws(() => appendWhole(0, 'größer\n'), {
    message: 'only 3 of 9 bytes could be written; is the disk full?',
  });
});
