import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
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

test('V8 shrinks the heap of a process that idles, and not one that is kept', async (context) => {
  const idle = (...how: string[]): { readonly child: ChildProcess; text: string } => {
    const child = spawn(process.execPath, [idler, ...how], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    context.after(() => child.kill());
    const idling = { child, text: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (idling.text += text));
    return idling;
  };
  // The one that is kept began to idle first, so its collection would be due first.
  const kept = idle('kept');
  await once(kept.child.stdout ?? assert.fail(), 'data');
  const free = idle();
  while (!free.text.includes('Mark-Compact')) {
    await once(free.child.stdout ?? assert.fail(), 'data');
  }
  assert.doesNotMatch(kept.text, /Mark-Compact/);
});
