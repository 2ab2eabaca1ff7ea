/** SIGKILL of the supervisor in every phase: every process of the run is gone within 2 seconds. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { identify } from '../../supervisor/life.ts';
import { World } from '../rig.ts';
import { goneWithinMs, paceOf, phases } from './phases.ts';

const daemonProgram = createRequire(import.meta.url).resolve('pm2/lib/Daemon.js');

test('SIGKILL of the supervisor leaves nothing, in every phase', async (t) => {
  const world = new World(t);
  for (const phase of phases) {
    await t.test(`while it says "${phase}"`, async () => {
      const run = world.start(['run', world.scenario(), ...paceOf(phase)]);
      await run.says(phase);
      run.signal('SIGKILL');
      await run.ended;
      await world.untilNothingLeft(goneWithinMs);
    });
  }
  await t.test('the next run is not disturbed', async () => {
    const { code, stderr } = await world.run(['run', world.scenario()]);
    assert.equal(code, 0, stderr);
    await world.untilNothingLeft(goneWithinMs);
  });
});

test("SIGKILL of the supervisor leaves the user's own pm2 as it was, in every phase", async (t) => {
  const world = new World(t);
  const user = world.startUserApp();
  for (const phase of phases) {
    await t.test(`while it says "${phase}"`, async () => {
      const run = world.start(['run', world.scenario(), ...paceOf(phase)]);
      await run.says(phase);
      run.signal('SIGKILL');
      await run.ended;
      await world.untilNothingLeft(goneWithinMs, user);
    });
  }
  const names = (JSON.parse(world.pm2('jlist')) as { name: string }[]).map(({ name }) => name);
  assert.deepEqual(names, ['user-app'], 'pm2 lists apps of dead runs');
});

test('SIGKILL between the birth of the daemon and the note that it is ours', async (t) => {
  const world = new World(t);
  const marker = 'pm2/tally-daemon.json';
  const run = world.start(['run', world.scenario()]);
  await world.until('the note that a daemon is about to be ours', () =>
    world.exists(marker) ? world.read(marker) : undefined,
  );
  run.signal('SIGKILL');
  await run.ended;
  // The daemon may still be on its way; the next run waits for it instead of starting another.
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 0, stderr);
  await world.untilNothingLeft(goneWithinMs);
});

test('a daemon that a dead run had just begun to start is joined, not started again', async (t) => {
  const world = new World(t);
  const supervisor = { pid: 1, startTime: 1 };
  fs.mkdirSync(world.pm2Home);
  world.write('pm2/tally-daemon.json', {
    daemon: null,
    runs: [{ runId: '20200101-000000-bbbb', supervisor }],
  });
  const run = world.start(['run', world.scenario()]);
  await run.says('connecting to pm2');
  // Until it executes its program it is known by another name.
  world.spawn(['sh', '-c', 'sleep 0.3; exec "$NODE" "$PROGRAM"'], {
    NODE: process.execPath,
    PROGRAM: daemonProgram,
  });
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  // A daemon that the run had started would have opened its log.
  assert.equal(world.exists('pm2/pm2.log'), false);
  await world.untilNothingLeft(goneWithinMs);
});

test('SIGKILL of the supervisor ends branches and customers that are stopped or stuck', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  for (const { pid } of world.runRecord().branches) process.kill(pid, 'SIGSTOP');
  run.signal('SIGKILL');
  await world.untilNothingLeft(goneWithinMs);
});

test('SIGKILL of one of two runs leaves the other', async (t) => {
  const world = new World(t);
  const paced = world.start(['run', world.scenario(), '-o', 'paced.json', '--pace', '60000']);
  await paced.says('running the customers');
  const other = world.start(['run', world.scenario(), '-o', 'other.json', '--hold']);
  await other.says('the branches stay up');
  const branches = world.runRecord().branches.map(({ pid }) => identify(pid));
  const [killed] = world.runIds().filter((id) => id !== world.runRecord().runId);
  paced.signal('SIGKILL');
  await world.until('the end of the killed run', () =>
    world.processesOf(killed ?? '').length === 0 ? true : undefined,
  );
  assert.deepEqual(
    world.runRecord().branches.map(({ pid }) => identify(pid)),
    branches,
  );
  other.signal('SIGINT');
  assert.equal((await other.ended).code, 0);
  await world.untilNothingLeft(goneWithinMs);
});

test('a run that was killed is told as killed, and kept what it had', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--pace', '60000']);
  await run.says('running the customers');
  run.signal('SIGKILL');
  await run.ended;
  const { stdout } = await world.run(['runs', '--json']);
  assert.equal((JSON.parse(stdout) as { state: string }).state, 'killed');
  assert.equal(world.runRecord().outcome, null);
  assert.equal(world.exists('outputs/input.json'), false);
  await world.untilNothingLeft(goneWithinMs);
  assert.ok(fs.statSync(world.path('runs/latest/history.jsonl')).size > 0);
});

test('an app of a run that is over, started by hand, ends at once and says why', async (t) => {
  const world = new World(t);
  await world.run(['run', world.scenario()]);
  world.pm2('start', world.path('runs/latest/ecosystem.json'));
  const { runId, branches } = world.runRecord();
  await world.until('the end of all apps', () =>
    world.processesOf(runId).length === 0 ? true : undefined,
  );
  const apps = JSON.parse(world.pm2('jlist')) as {
    name: string;
    pm2_env: { status: string; restart_time: number; exit_code: number };
  }[];
  assert.equal(apps.length, 6);
  for (const { name, pm2_env } of apps) {
    assert.equal(pm2_env.status, 'stopped', name);
    assert.equal(pm2_env.exit_code, 75, name);
    assert.equal(pm2_env.restart_time, 0, name);
  }
  const [branch] = branches;
  const log = `runs/latest/logs/branch-${branch?.id}.err.log`;
  // pm2 writes logs when it gets to it.
  const said = await world.until('its last words', () => world.read(log) || undefined);
  assert.match(said, /^branch-1 ends: its supervisor does not answer .*the run is over\n$/);
  world.pm2('kill');
});
