import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from '../test/scratch.ts';
import { acquireLock } from './lock.ts';

const module = path.join(path.dirname(fileURLToPath(import.meta.url)), 'lock.js');

/** Takes the lock, says so, holds it, and gives it back when its input closes. */
const holder = `
  import { acquireLock } from ${JSON.stringify(module)};
  const lock = await acquireLock(process.argv[1], 60_000);
  console.log(lock === undefined ? 'too late' : 'held');
  process.stdin.resume().on('end', () => { lock?.release(); process.exit(0); });
`;

const startHolder = (home: string): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, ['--input-type=module', '-e', holder, home]);

test('one at a time: 16 processes fight for it, half are killed while they hold it', async (t) => {
  const home = scratchFolder(t);
  const waiting = new Set(Array.from({ length: 16 }, () => startHolder(home)));
  t.after(() => {
    for (const child of waiting) child.kill('SIGKILL');
  });
  const held: ChildProcessWithoutNullStreams[] = [];
  for (const child of waiting) child.stdout.once('data', () => held.push(child));
  for (let turn = 0; turn < 16; turn += 1) {
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(held.length, 1, 'two hold the lock');
    const child = held.pop();
    assert.ok(child);
    if (turn % 2 === 0) child.kill('SIGKILL');
    else child.stdin.end();
    await once(child, 'close');
    waiting.delete(child);
  }
});

test('who waits too long, or is told to give up, does not get it', async (t) => {
  const home = scratchFolder(t);
  const lock = await acquireLock(home, 1_000);
  assert.ok(lock);
  assert.equal(await acquireLock(home, 20), undefined);
  const abort = new AbortController();
  const waits = acquireLock(home, 60_000, abort.signal);
  abort.abort();
  assert.equal(await waits, undefined);
  lock.release();
  const next = await acquireLock(home, 1_000);
  assert.ok(next);
  next.release();
});

test('homes have locks of their own', async (t) => {
  const locks = await Promise.all([
    acquireLock(scratchFolder(t), 100),
    acquireLock(scratchFolder(t), 100),
  ]);
  for (const lock of locks) {
    assert.ok(lock);
    lock.release();
  }
});
