import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { beside, prepareOutput, writeOutput, writePartial } from './output-file.ts';

for (const [file, name] of [
  ['a/b.json', 'a/b.previous.json'],
  ['a/b', 'a/b.previous'],
  ['/a.b/c.tar.gz', '/a.b/c.tar.previous.gz'],
]) {
  test(`beside ${file} lies ${name}`, () => assert.equal(beside(file ?? '', 'previous'), name));
}

test('an earlier output is moved aside, an earlier partial one goes, nothing else changes', (t) => {
  const folder = scratchFolder(t);
  const output = path.join(folder, 'out.json');
  for (const name of ['out.json', 'out.partial.json', 'other.json']) {
    fs.writeFileSync(path.join(folder, name), name);
  }
  assert.deepEqual(prepareOutput(output), { kind: 'file', path: output });
  assert.deepEqual(fs.readdirSync(folder).toSorted(), ['other.json', 'out.previous.json']);
  assert.equal(fs.readFileSync(path.join(folder, 'out.previous.json'), 'utf8'), 'out.json');
});

test('folders on the way are made', (t) => {
  const output = path.join(scratchFolder(t), 'a/b/out.json');
  assert.deepEqual(prepareOutput(output), { kind: 'file', path: output });
});

test('what cannot be replaced stays, and no draft is left', async (t) => {
  const folder = scratchFolder(t);
  const output = path.join(folder, 'out.json');
  const place = prepareOutput(output);
  assert.ok(!('reason' in place));
  fs.mkdirSync(output);
  const failure = await writeOutput(place, 'text');
  assert.match(failure?.message ?? '', /the output .*out\.json cannot be written: /);
  assert.deepEqual(fs.readdirSync(folder), ['out.json']);
});

test('a partial result lies beside a file, and nowhere else', (t) => {
  const output = path.join(scratchFolder(t), 'out.json');
  const partial = beside(output, 'partial');
  assert.equal(writePartial({ kind: 'file', path: output }, 'text'), partial);
  assert.equal(fs.readFileSync(partial, 'utf8'), 'text');
  assert.equal(writePartial({ kind: 'stream', path: output }, 'text'), undefined);
  assert.equal(writePartial({ kind: 'standard-output' }, 'text'), undefined);
});

for (const output of ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']) {
  test(`${output} is standard output`, () => {
    assert.deepEqual(prepareOutput(output), { kind: 'standard-output' });
  });
}

test('a device is written to, never replaced', () => {
  assert.deepEqual(prepareOutput('/dev/null'), { kind: 'stream', path: '/dev/null' });
});
