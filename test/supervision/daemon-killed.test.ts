/** SIGKILL or a hang of the pm2 daemon: a clear error, the branches gone, and a home to go on with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../rig.ts';
import { goneWithinMs, paceOf, phases } from './phases.ts';

/** Before, there is no daemon yet. */
const phasesWithDaemon = phases.filter((phase) => phase !== 'connecting to pm2');

test('SIGKILL of the daemon ends the run with a clear error, in every phase', async (t) => {
  const world = new World(t);
  for (const phase of phasesWithDaemon) {
    await t.test(`while it says "${phase}"`, async () => {
      const run = world.start(['run', world.scenario(), ...paceOf(phase)]);
      await run.says(phase);
      const daemon = world.daemon();
      // It may be gone already when the run says that it stops.
      if (daemon !== undefined) process.kill(daemon.pid, 'SIGKILL');
      const { code, stderr } = await run.ended;
      if (phase !== 'stopping' && phase !== 'settling the branches') {
        assert.equal(code, 69, stderr);
        assert.match(stderr, /error: the pm2 daemon in .*pm2 died; its log is .*pm2\.log/);
        assert.equal(world.runRecord().outcome?.reason, 'engine-lost');
      }
      await world.untilNothingLeft(goneWithinMs);
    });
  }
  await t.test('the next run is not disturbed', async () => {
    const { code, stderr } = await world.run(['run', world.scenario()]);
    assert.equal(code, 0, stderr);
    await world.untilNothingLeft(goneWithinMs);
  });
});

test('branches end within two seconds of the SIGKILL of their daemon', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  const { runId } = world.runRecord();
  process.kill(world.daemon()?.pid ?? 0, 'SIGKILL');
  await world.until(
    'the end of all branches',
    () => (world.processesOf(runId).length === 0 ? true : undefined),
    goneWithinMs,
  );
  assert.equal((await run.ended).code, 69);
});

test('SIGKILL of the daemon and the supervisor together', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  const daemon = world.daemon();
  run.signal('SIGKILL');
  process.kill(daemon?.pid ?? 0, 'SIGKILL');
  await world.untilNothingLeft(goneWithinMs);
});

test("kill-daemon is refused in the user's own daemon, before anything starts", async (t) => {
  const world = new World(t);
  const user = world.startUserApp();
  const faults = [{ fault: 'kill-daemon', entry: 1, event: 1 }] as const;
  const { code, stderr } = await world.run(['run', world.scenario({ faults })]);
  assert.equal(code, 69, stderr);
  assert.match(stderr, /this run would kill the pm2 daemon in .*, but no run of Tally started it/);
  assert.doesNotMatch(stderr, /starting/);
  await world.untilNothingLeft(goneWithinMs, user);
});

test('kill-daemon is refused while another run uses the daemon', async (t) => {
  const world = new World(t);
  const other = world.start(['run', world.scenario(), '--hold']);
  await other.says('the branches stay up');
  const { runId } = world.runRecord();
  const faults = [{ fault: 'kill-daemon', entry: 1, event: 1 }] as const;
  const { code, stderr } = await world.run(['run', world.scenario({ faults })]);
  assert.equal(code, 69, stderr);
  assert.ok(stderr.includes(`but run ${runId} uses it too`), stderr);
  other.signal('SIGTERM');
  assert.equal((await other.ended).code, 0);
  await world.untilNothingLeft(goneWithinMs);
});

test('kill-daemon is carried out in a daemon that is ours alone', async (t) => {
  const world = new World(t);
  const faults = [{ fault: 'kill-daemon', entry: 2, event: 1 }] as const;
  const { code, stderr } = await world.run(['run', world.scenario({ faults })]);
  assert.equal(code, 69, stderr);
  assert.equal(world.runRecord().outcome?.reason, 'engine-lost');
  await world.untilNothingLeft(goneWithinMs);
});
