import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { awaitEnd, findByEnvironment, identify, isAlive, signal } from './life.ts';

const sleeper = 'setInterval(() => {}, 1_000_000)';

test('a process is itself until it ends, and nobody else afterwards', async () => {
  const child = spawn(process.execPath, ['-e', sleeper]);
  const identity = identify(child.pid ?? 0);
  assert.ok(identity);
  assert.equal(isAlive(identity), true);
  assert.equal(isAlive({ ...identity, startTime: identity.startTime + 1 }), false);
  assert.deepEqual(await awaitEnd([identity], 10), [identity]);
  signal(identity, 'SIGKILL');
  await once(child, 'close');
  assert.equal(isAlive(identity), false);
  assert.deepEqual(await awaitEnd([identity], 10), []);
});

test('a zombie is not alive', async (t) => {
  // The shell starts a child, says its number and becomes a program that never asks for its end.
  const script = 'sleep 0 & echo $!; exec sleep 1000';
  const parent = spawn('sh', ['-c', script]);
  t.after(() => parent.kill('SIGKILL'));
  const [text] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  while (identify(pid) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.doesNotThrow(() => process.kill(pid, 0), 'the zombie is gone, so this proves nothing');
});

test('a signal to an identity does not strike another process of the same id', () => {
  const other = { pid: process.pid, startTime: 1 };
  signal(other, 'SIGKILL');
});

test('processes are found by their environment', async (t) => {
  const mark = `TALLY_TEST_MARK=${process.pid}-${Date.now()}`;
  const [name = '', value = ''] = mark.split('=');
  const start = (extra: Record<string, string>): number => {
    const env = { [name]: value, ...extra };
    const child = spawn(process.execPath, ['-e', sleeper], { env });
    t.after(() => child.kill('SIGKILL'));
    return child.pid ?? 0;
  };
  const plain = start({});
  const marked = start({ TALLY_GUARD: '1' });
  const pids = (except?: string): number[] => findByEnvironment(mark, except).map(({ pid }) => pid);
  while (pids().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(new Set(pids()), new Set([plain, marked]));
  assert.deepEqual(pids('TALLY_GUARD'), [plain]);
});
