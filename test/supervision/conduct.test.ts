/** How a run can be told to go about it: dry, held, with a deadline, through npm; and what lists it. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import type { HistoryRecord } from '../../bank/history.ts';
import { runFiles } from '../../bank/topology.ts';
import { projectFolder } from '../project.ts';
import { World } from '../rig.ts';

const goneWithinMs = 2_000;

test('--dry-run starts nothing and writes nothing', async (t) => {
  const world = new World(t);
  const { code, stdout, stderr } = await world.run(['run', world.scenario(), '--dry-run']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(fs.readdirSync(world.folder), ['input.json']);
  const { apps } = JSON.parse(stdout) as { apps: { name: string }[] };
  assert.deepEqual(
    apps.map(({ name }) => name.split('.')[0]),
    ['branch-1', 'branch-2', 'branch-3', 'visit-1', 'visit-2', 'visit-3'],
  );
});

test('--deadline ends a run that takes too long: exit 2, what was received is kept', async (t) => {
  const world = new World(t);
  const words = ['run', world.scenario(), '--deadline', '4', '--pace', '60000'];
  const { code, stderr } = await world.run(words);
  assert.equal(code, 2, stderr);
  assert.match(stderr, /the run did not end within its --deadline of 4 s/);
  assert.match(world.read('outputs/input.partial.json'), /"deposit", "result": "success"/);
  await world.untilNothingLeft(goneWithinMs);
});

test('--hold tells how to reach the branches, also over TCP, and never the token', async (t) => {
  const world = new World(t);
  const run = world.start([
    'run',
    world.scenario({ branches: 2, customers: 0 }),
    '--hold',
    '--tcp',
  ]);
  await run.says('branch-2: grpcurl');
  const { branches } = world.runRecord();
  assert.ok(branches.every(({ target }) => /^127\.0\.0\.1:\d+$/.test(target)));
  run.signal('SIGINT');
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  const tokenFile = /cat (\/\S+\/token)\)/.exec(stderr)?.[1];
  assert.ok(tokenFile);
  assert.equal(fs.existsSync(tokenFile), false, 'the token outlived the run');
  await world.untilNothingLeft(goneWithinMs);
});

for (const { signal, code } of [
  { signal: 'SIGTERM', code: 143 },
  { signal: 'SIGKILL', code: 143 },
] as const) {
  test(`${signal} to npm alone ends the run that npm started`, async (t) => {
    const world = new World(t);
    const words = ['run', '-s', 'sim', '--', world.scenario(), '--pace', '60000'];
    const places = ['-o', world.path('out.json'), '--runs', world.path('runs')];
    const npm = world.spawn(['npm', ...words, ...places], {}, projectFolder);
    await npm.says('running the customers');
    npm.signal(signal);
    await world.until('the end of the run', () =>
      world.runRecord().outcome === null ? undefined : true,
    );
    assert.equal(world.runRecord().outcome?.exitCode, code);
    await world.untilNothingLeft(goneWithinMs);
  });
}

test('runs/latest is the newest run, and tally runs lists them all, the oldest first', async (t) => {
  const world = new World(t);
  const input = world.scenario({ branches: 1, customers: 1 });
  const ids: string[] = [];
  // So many that some begin in the same second, of which their ids tell no order.
  for (let count = 0; count < 4; count += 1) {
    await world.run(['run', input]);
    ids.push(fs.readlinkSync(world.path('runs/latest')));
  }
  const { stdout } = await world.run(['runs', '--json']);
  const rows = stdout.trim().split('\n');
  assert.deepEqual(
    rows.map((row) => (JSON.parse(row) as { runId: string }).runId),
    ids,
  );
});

test('tally clean ends what is left when supervisor and guard were killed', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  const { runId } = world.runRecord();
  const guard = world.findProcess(/guard\.js/);
  process.kill(guard?.pid ?? 0, 'SIGKILL');
  run.signal('SIGKILL');
  await run.ended;
  assert.ok(world.daemon(), 'the daemon has nobody to end it');
  const { code, stdout } = await world.run(['clean']);
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`${runId}: ended \\d processes, removed its sockets`));
  await world.untilNothingLeft(goneWithinMs);
  const again = await world.run(['clean']);
  assert.doesNotMatch(again.stdout, new RegExp(runId));
});

test('tally clean leaves a run that goes on, wherever its private folder is', async (t) => {
  const world = new World(t);
  const elsewhere = world.path('t');
  fs.mkdirSync(elsewhere);
  const run = world.start(['run', world.scenario(), '--hold'], { TMPDIR: elsewhere });
  await run.says('the branches stay up');
  const { runId, branches } = world.runRecord();
  const { stdout } = await world.run(['clean']);
  assert.doesNotMatch(stdout, new RegExp(runId));
  assert.equal(world.processesOf(runId).length, branches.length);
  run.signal('SIGINT');
  assert.equal((await run.ended).code, 0);
  await world.untilNothingLeft(goneWithinMs);
});

test('when a run is over its branches end by themselves, and have nothing to complain of', async (t) => {
  const world = new World(t);
  const { code, stderr } = await world.run(['run', world.scenario()]);
  assert.equal(code, 0, stderr);
  const lines = world.read('runs/latest/history.jsonl').trimEnd().split('\n');
  const codes = lines
    .map((line) => JSON.parse(line) as HistoryRecord)
    .flatMap((record) =>
      record.kind === 'exit' && record.subject.startsWith('branch') ? [record.code] : [],
    );
  // On a machine that is very busy pm2's request to stop may overtake the word that all is over.
  assert.equal(codes.length, 3);
  assert.ok(codes.includes(75), `exit codes ${codes.join(', ')}`);
  for (const id of [1, 2, 3])
    assert.equal(world.read(`runs/latest/${runFiles.standardError(`branch-${id}`)}`), '');
});
