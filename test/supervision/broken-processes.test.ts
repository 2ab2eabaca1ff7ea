/** Branches and customers that hang, crash or cannot start: an error that names process and phase. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { alteredProject } from '../altered-project.ts';
import { World } from '../rig.ts';
import type { Ended } from '../started.ts';

const goneWithinMs = 2_000;

/** What an error must do, whatever it is about. */
function assertFailed(world: World, ended: Ended, reason: string, message: RegExp): void {
  assert.equal(ended.code, 69, ended.stderr);
  assert.match(ended.stderr, message);
  assert.equal(world.runRecord().outcome?.reason, reason);
  assert.equal(world.exists('outputs/input.json'), false);
}

/** How many lives a process began, as the run's history tells. */
function lives(world: World, subject: string): number {
  const history = world.read('runs/latest/history.jsonl');
  const isOnline = `"kind":"online","subject":"${subject}"`;
  return history.split('\n').filter((line) => line.includes(isOnline)).length;
}

test('an address in use is named, with its owner, and tried once', async (t) => {
  const world = new World(t);
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as net.AddressInfo;
  const ended = await world.run(['run', world.scenario(), '--tcp', String(port - 1)]);
  const owner = `process ${process.pid} \\(.*\\)`;
  const message = new RegExp(
    `branch-2 \\(127.0.0.1:${port}\\) cannot listen on its address, which ${owner} holds; its last words \\(all in .*branch-2.err.log\\):\n +branch-2 cannot listen at 127.0.0.1:${port}`,
  );
  assertFailed(world, ended, 'branch-stopped', message);
  assert.equal(lives(world, 'branch-2'), 1, 'a restart storm');
  await world.untilNothingLeft(goneWithinMs);
});

test('ports that do not exist are refused', async (t) => {
  const world = new World(t);
  const { code, stderr } = await world.run(['run', world.scenario(), '--tcp', '65534']);
  assert.equal(code, 64);
  assert.match(stderr, /--tcp 65534 leaves no ports for 3 branches: .*name 65533 or less/);
});

test('a branch that crashes at every start ends the run with its last words', async (t) => {
  const project = await alteredProject(t, {
    template: {
      'args: [plan.programs.branch, plan.topologyFile, String(branch.id)],':
        "args: ['-e', 'console.error(\"no such luck\"); process.exit(3)'],",
    },
  });
  const world = new World(t, project);
  const ended = await world.run(['run', world.scenario()]);
  const message =
    /branch-\d \(unix:.*\) died 5 times in a row before it served, last with code 3; its last words \(all in .*branch-\d\.err\.log\):\n +no such luck/;
  assertFailed(world, ended, 'branch-crash-loop', message);
  await world.untilNothingLeft(goneWithinMs);
});

const unstartable = [
  {
    title: 'a missing program',
    piece: 'script: plan.node,',
    other: "script: '/no/such/node',",
  },
  {
    title: 'a missing working folder for one of the branches',
    piece: 'name: branch.app,',
    other: "name: branch.app, cwd: branch.id === 2 ? '/no/such/folder' : plan.folder,",
  },
];

for (const { title, piece, other } of unstartable) {
  test(`${title} is a failure that names the app, and what did start is ended`, async (t) => {
    const project = await alteredProject(t, { template: { [piece]: other } });
    const world = new World(t, project);
    const ended = await world.run(['run', world.scenario()]);
    const suffix = world.runRecord().runId.slice(-4);
    const message = new RegExp(`(branch-\\d\\.${suffix}|script not found|Script not found)`, 'i');
    assertFailed(world, ended, 'app-not-started', message);
    await world.untilNothingLeft(goneWithinMs);
  });
}

test('a customer that cannot start is a failure', async (t) => {
  const project = await alteredProject(t, {
    template: { 'name: visit.app,': "name: visit.app, cwd: '/no/such/folder'," },
  });
  const world = new World(t, project);
  const ended = await world.run(['run', world.scenario()]);
  assertFailed(world, ended, 'app-not-started', /visit-1/);
  await world.untilNothingLeft(goneWithinMs);
});

test('a template that pm2 would misunderstand is refused before anything starts', async (t) => {
  const project = await alteredProject(t, {
    template: { 'vizion: false,': 'vizion: false, max_restart: 3,' },
  });
  const world = new World(t, project);
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 64, stderr);
  assert.match(stderr, /app branch-1\..*: pm2 does not know the key "max_restart"/);
  assert.equal(fs.existsSync(world.pm2Home), false, 'pm2 was touched');
});
