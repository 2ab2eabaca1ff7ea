import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const fixture = (name: string): string =>
  path.join(path.dirname(fileURLToPath(import.meta.url)), '../test/fixtures', name);
const program = fixture('fills-its-heap.js');
const idler = fixture('idles.js');

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

function idle(context: TestContext, ...how: string[]) {
  const child = spawn(process.execPath, [idler, ...how], { stdio: ['ignore', 'pipe', 'inherit'] });
  context.after(() => child.kill());
  const idling = { stdout: child.stdout.setEncoding('utf8'), text: '' };
  idling.stdout.on('data', (text: string) => (idling.text += text));
  return idling;
}

test('V8 shrinks the heap of a process that idles, unless it is told not to', async (context) => {
  // The one that is told began to idle first, so its collection would be due first.
  const told = idle(context, 'unshrunk');
  await once(told.stdout, 'data');
  const free = idle(context);
  while (!free.text.includes('Mark-Compact')) await once(free.stdout, 'data');
  assert.doesNotMatch(told.text, /Mark-Compact/);
});
