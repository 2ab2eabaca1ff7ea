/** SIGINT and SIGTERM in every phase of a run: an orderly stop, and nothing left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../rig.ts';
import type { Ended } from '../started.ts';
import { goneWithinMs, paceOf, phases } from './phases.ts';

const signals = [
  { name: 'SIGINT', exitCode: 130, reason: 'signal-interrupt' },
  { name: 'SIGTERM', exitCode: 143, reason: 'signal-terminate' },
] as const;

function assertStopped(world: World, ended: Ended, { exitCode, reason }: (typeof signals)[number]) {
  assert.equal(ended.code, exitCode, ended.stderr);
  const { outcome } = world.runRecord();
  assert.equal(outcome?.reason, reason);
  assert.equal(outcome.exitCode, exitCode);
  assert.equal(world.exists('outputs/input.json'), false, 'what is partial looks whole');
  assert.equal(world.exists('outputs/input.partial.json'), true);
}

test('a signal stops the run in order, in every phase', async (t) => {
  const world = new World(t);
  for (const [index, phase] of phases.entries()) {
    const signal = signals[index % 2] ?? signals[0];
    await t.test(`${signal.name} while it says "${phase}"`, async () => {
      const run = world.start(['run', world.scenario(), ...paceOf(phase)]);
      await run.says(phase);
      run.signal(signal.name);
      const ended = await run.ended;
      assertStopped(world, ended, signal);
      await world.untilNothingLeft(goneWithinMs);
    });
  }
});

test("a signal leaves the user's own pm2 as it was, in every phase", async (t) => {
  const world = new World(t);
  const user = world.startUserApp();
  for (const [index, phase] of phases.entries()) {
    const signal = signals[(index + 1) % 2] ?? signals[0];
    await t.test(`${signal.name} while it says "${phase}"`, async () => {
      const run = world.start(['run', world.scenario(), ...paceOf(phase)]);
      await run.says(phase);
      run.signal(signal.name);
      const ended = await run.ended;
      assertStopped(world, ended, signal);
      await world.untilNothingLeft(goneWithinMs, user);
    });
  }
});

test('what was answered before the signal is kept, and marked as partial', async (t) => {
  const world = new World(t);
  world.write('out.json', 'of an earlier run');
  const run = world.start(['run', world.scenario(), '-o', 'out.json', '--pace', '60000']);
  // The first customer waits before its second event.
  await world.until('the first answer', () => {
    const lines = world.exists('runs/latest/visits/1.result.jsonl')
      ? world.read('runs/latest/visits/1.result.jsonl')
      : '';
    return lines.endsWith('\n') ? lines : undefined;
  });
  run.signal('SIGINT');
  await run.ended;
  const [first] = JSON.parse(world.read('out.partial.json')) as unknown[];
  assert.deepEqual(first, { id: 1, recv: [{ interface: 'deposit', result: 'success' }] });
  assert.equal(world.exists('out.json'), false);
  assert.equal(world.read('out.previous.json'), 'of an earlier run');
  assert.equal(world.runRecord().outcome?.output, world.path('out.partial.json'));
});

test('a second signal ends everything at once', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  const [branch] = world.runRecord().branches;
  assert.ok(branch);
  // A branch that stands still keeps the orderly end waiting.
  process.kill(branch.pid, 'SIGSTOP');
  run.signal('SIGINT');
  await run.says('settling');
  run.signal('SIGINT');
  const { code } = await run.ended;
  assert.equal(code, 130);
  await world.untilNothingLeft(goneWithinMs);
});
