/** What is there before a run: stale files, hostile variables, another pm2, a run inside pm2. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../project.ts';
import { World } from '../rig.ts';

const served = async (
  world: World,
  extra: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { code, stderr } = await world.run(['run', world.scenario()], '', extra);
  assert.equal(code, 0, stderr);
  await world.untilNothingLeft(2_000);
};

test('files of a dead daemon are no obstacle', async (t) => {
  const world = new World(t);
  fs.mkdirSync(world.pm2Home);
  // Our own process id: alive, and certainly no daemon.
  world.write('pm2/pm2.pid', String(process.pid));
  const script = `const net = require('net');
    for (const name of ['rpc', 'pub']) net.createServer().listen('${world.pm2Home}/' + name + '.sock');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`;
  assert.throws(() => execFileSync(process.execPath, ['-e', script]));
  assert.ok(world.exists('pm2/rpc.sock'));
  await served(world);
});

test('a note about a daemon that is long gone is no obstacle', async (t) => {
  const world = new World(t);
  fs.mkdirSync(world.pm2Home);
  const runs = [{ runId: '20200101-000000-bbbb', supervisor: { pid: 1, startTime: 1 } }];
  world.write('pm2/tally-daemon.json', { daemon: { pid: 1, startTime: 1 }, runs });
  await served(world);
  world.write('pm2/tally-daemon.json', '{"daemon":');
  await served(world);
});

test('variables of the caller reach neither pm2 nor a child', async (t) => {
  const world = new World(t);
  const probe = world.write(
    'probe.cjs',
    `require('fs').appendFileSync('${world.folder}/seen', 'x')`,
  );
  await served(world, {
    kill_timeout: '1',
    namespace: 'default',
    name: 'hostile',
    pm_id: '7',
    exec_mode: 'cluster_mode',
    instances: '9',
    autorestart: 'false',
    wait_ready: 'true',
    PM2_KILL_TIMEOUT: '1',
    PM2_CONCURRENT_ACTIONS: '1',
    PM2_SILENT: 'true',
    PM2_PROGRAMMATIC: 'true',
    http_proxy: 'http://127.0.0.1:1',
    https_proxy: 'http://127.0.0.1:1',
    grpc_proxy: 'http://127.0.0.1:1',
    NODE_EXTRA_CA_CERTS: '/no/such/file',
    GRPC_VERBOSITY: 'DEBUG',
    GRPC_TRACE: 'all',
    TALLY_RUN: 'not-a-run',
    NODE_OPTIONS: `--require ${probe}`,
  });
  const starts = world.read('seen').length;
  // The command itself, and at most a helper of it: no guard, daemon, branch or customer.
  assert.ok(starts <= 2, `${starts} processes saw NODE_OPTIONS`);
});

test('a run inside pm2 is a run like any other', async (t) => {
  const world = new World(t);
  const input = world.scenario();
  world.pm2(
    'start',
    path.join(projectFolder, 'tally.js'),
    '--name',
    'runner',
    '--no-autorestart',
    '--',
    'run',
    input,
    '-o',
    world.path('out.json'),
    '--runs',
    world.path('runs'),
  );
  await world.until('the output', () => (world.exists('out.json') ? true : undefined));
  await world.until('the end of the run', () =>
    world.runRecord().outcome === null ? undefined : true,
  );
  assert.equal(world.runRecord().outcome?.exitCode, 0);
  const names = (JSON.parse(world.pm2('jlist')) as { name: string }[]).map(({ name }) => name);
  assert.deepEqual(names, ['runner']);
  world.pm2('kill');
});

test('a home that is too long for sockets is refused at once', async (t) => {
  const world = new World(t);
  const home = path.join(world.folder, 'x'.repeat(90));
  const { code, stderr } = await world.run(['run', world.scenario()], '', { PM2_HOME: home });
  assert.equal(code, 69, stderr);
  assert.match(
    stderr,
    /pm2's home is too long for its sockets: .* set PM2_HOME to a shorter folder/,
  );
  assert.equal(fs.existsSync(home), false);
});

test("a daemon's socket that cannot be looked at is refused, and left alone", async (t) => {
  const world = new World(t);
  fs.mkdirSync(world.path('pm2'));
  // Like the socket of another user, but tests may run as root, who may open that.
  fs.symlinkSync('rpc.sock', world.path('pm2/rpc.sock'));
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 69, stderr);
  assert.match(stderr, /pm2 daemon in .* cannot be used: its socket .*rpc\.sock .*\(ELOOP\)/);
  assert.ok(fs.lstatSync(world.path('pm2/rpc.sock')).isSymbolicLink());
  assert.deepEqual(world.processes(), []);
});

test('a home that cannot be written is refused', async (t) => {
  const world = new World(t);
  const home = path.join(world.write('a-file', ''), 'pm2');
  const { code, stderr } = await world.run(['run', world.scenario()], '', { PM2_HOME: home });
  assert.equal(code, 69, stderr);
  assert.match(stderr, /pm2's home .*a-file\/pm2 cannot be written/);
});

test('a daemon of another pm2 version is noticed, and used', async (t) => {
  const world = new World(t);
  const modules = world.path('node_modules');
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(path.join(projectFolder, 'node_modules'))) {
    const from = path.join(projectFolder, 'node_modules', name);
    if (name !== 'pm2') fs.symlinkSync(from, path.join(modules, name));
    else fs.cpSync(fs.realpathSync(from), path.join(modules, name), { recursive: true });
  }
  const manifest = path.join(modules, 'pm2/package.json');
  const text = fs.readFileSync(manifest, 'utf8');
  fs.writeFileSync(manifest, text.replace(/"version": "[^"]+"/, '"version": "6.0.1"'));
  execFileSync(process.execPath, [path.join(modules, 'pm2/bin/pm2'), 'ping'], {
    env: world.environment(),
  });
  const daemon = world.daemon();
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /the daemon in .* is pm2 6\.0\.1, and this is pm2 [\d.]+; if it misbehaves/);
  assert.deepEqual(world.daemon(), daemon, "the user's daemon was ended");
  world.pm2('kill');
});

test("modules that the user has installed in pm2's home start and end with the daemon", async (t) => {
  const world = new World(t);
  const name = 'a-module';
  const folder = `pm2/modules/${name}/node_modules/${name}`;
  fs.mkdirSync(world.path(folder), { recursive: true });
  world.write('pm2/module_conf.json', { 'module-db-v2': { [name]: {} } });
  world.write(`${folder}/package.json`, { name, version: '1.0.0', apps: [{ script: 'app.js' }] });
  world.write(`${folder}/app.js`, 'setInterval(() => {}, 1_000);');
  world.write('pm2/dump.pm2', savedApps);
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 0, stderr);
  assert.match(world.read('pm2/pm2.log'), /App \[a-module:0\] online/);
  assert.equal(world.read('pm2/dump.pm2'), savedApps);
  world.assertNothingLeft();
});

test('what the user has saved in pm2 stays, though no daemon of theirs runs', async (t) => {
  const world = new World(t);
  fs.mkdirSync(world.path('pm2'));
  world.write('pm2/dump.pm2', savedApps);
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 0, stderr);
  assert.equal(world.read('pm2/dump.pm2'), savedApps);
  assert.equal(world.exists('pm2/dump.pm2.bak'), false);
  world.assertNothingLeft();
});

/** Written by `pm2 save`, read by `pm2 resurrect`. */
const savedApps = '[{"name":"an app of the user"}]';
