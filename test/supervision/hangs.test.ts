/** Processes that neither work nor end. The limits are shortened in a copy of the project. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { alteredProject } from '../altered-project.ts';
import { World } from '../rig.ts';
import type { Started } from '../started.ts';

const goneWithinMs = 2_000;
let project = '';

/** A branch of this number is a process that does nothing. */
const neverServes = 9;

/** Stops a process as soon as the run knows it: nobody can tell it from one that hangs. */
async function stopProcess(world: World, run: Started, named: RegExp): Promise<number> {
  const endOfRun = (): 'ended' | undefined => (run.child.exitCode === null ? undefined : 'ended');
  const what = `a process ${named.source}`;
  const pid = await world.until(what, () => world.findProcess(named)?.pid ?? endOfRun());
  if (pid === 'ended') assert.fail(`ended without ${what}:\n${(await run.ended).stderr}`);
  process.kill(pid, 'SIGSTOP');
  return pid;
}

/** Each customer takes two seconds, in which it is found also on a busy machine. */
const startPaced = (world: World): Started =>
  world.start(['run', world.scenario({ deposits: 6 }), '--pace', '300']);

/*
 * Starts have the usual time: five daemons that were born at once on a slow machine took more than
 * two seconds.
 */
test('processes that hang', { concurrency: true }, async (t) => {
  project = await alteredProject(t, {
    limits: {
      customerCallMs: 1_500,
      customerGraceMs: 300,
      updateMs: 1_200,
      stopMs: 1_500,
      patienceMs: 500,
    },
    template: {
      'args: [plan.programs.branch, plan.topologyFile, String(branch.id)],': `args: branch.id === ${neverServes} ? ['-e', 'setInterval(() => {}, 1_000_000)'] : [plan.programs.branch, plan.topologyFile, String(branch.id)],`,
    },
  });
  // Mostly they wait, so they wait together.
  await Promise.all([
    t.test('a branch that never serves is named', branchNeverServes),
    t.test('a customer that hangs once goes on in its next life', customerHangs),
    t.test('a customer that hangs again and again is given up', customerHangsOn),
    t.test('a branch that ignores SIGINT is killed', branchIgnoresSigint),
    t.test('a pm2 daemon that hangs is an error', daemonHangs),
  ]);
});

async function branchNeverServes(t: TestContext): Promise<void> {
  const world = new World(t, project);
  const input = world.write('input.json', [
    { id: 1, type: 'branch', balance: 400 },
    { id: neverServes, type: 'branch', balance: 400 },
  ]);
  const { code, stderr } = await world.run(['run', input]);
  assert.equal(code, 69, stderr);
  assert.match(stderr, /branch-9 \(unix:.*\) did not serve within \d+ ms of its start/);
  assert.equal(world.runRecord().outcome?.reason, 'branch-not-ready');
  await world.untilNothingLeft(goneWithinMs);
}

async function customerHangs(t: TestContext): Promise<void> {
  const world = new World(t, project);
  const run = startPaced(world);
  await stopProcess(world, run, /customer.cjs .*topology.json 1$/);
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /visit-1 \(customer 1\) hangs: no answer and no end for \d+ ms/);
  await world.untilNothingLeft(goneWithinMs);
}

async function customerHangsOn(t: TestContext): Promise<void> {
  const world = new World(t, project);
  // On a busy machine a life may have some answers before it is stopped; four lives never have all.
  const run = world.start(['run', world.scenario({ customers: 1, deposits: 60 }), '--pace', '300']);
  for (let life = 1; life <= 4; life += 1) {
    const pid = await stopProcess(world, run, /customer.cjs .*topology.json 1$/);
    await world.until('the end of this life', () => world.gone(pid));
  }
  const { code, stderr } = await run.ended;
  assert.equal(code, 2, stderr);
  assert.match(stderr, /visit-1 \(customer 1\) was started 4 times and never finished/);
  assert.match(world.read('outputs/input.json'), /"result": "unknown"/);
  await world.untilNothingLeft(goneWithinMs);
}

async function branchIgnoresSigint(t: TestContext): Promise<void> {
  const world = new World(t, project);
  const run = world.start(['run', world.scenario(), '--pace', '60000']);
  await run.says('running the customers');
  await stopProcess(world, run, /branch.cjs .*topology.json 3$/);
  run.signal('SIGINT');
  const { code, stderr } = await run.ended;
  assert.equal(code, 130, stderr);
  assert.match(
    stderr,
    /branch-3\.\w+ \(process \d+\).* still run 500 ms after the request to stop/,
  );
  await world.untilNothingLeft(goneWithinMs);
}

async function daemonHangs(t: TestContext): Promise<void> {
  const world = new World(t, project);
  const run = world.start(['run', world.scenario(), '--pace', '60000']);
  await run.says('running the customers');
  const daemon = world.daemon();
  process.kill(daemon?.pid ?? 0, 'SIGSTOP');
  run.signal('SIGINT');
  const { code, stderr } = await run.ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /pm2 could not stop for run .*: pm2 did not answer "\w+" within \d+ ms/);
  const waits = [...stderr.matchAll(/did not answer "\w+" within (\d+) ms/g)].map(([, ms]) => ms);
  // Whoever presses Ctrl-C waits for long only once, be it for this or for a start that was under way.
  assert.ok(waits.length > 1 && waits.slice(1).every((ms) => ms === '1000'), stderr);
  assert.deepEqual(world.processesOf(world.runRecord().runId), [], 'processes were left behind');
}
