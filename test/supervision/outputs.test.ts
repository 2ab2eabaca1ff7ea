/** Where outputs go, and what becomes of an earlier one when a run cannot write or does not end well. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { World } from '../rig.ts';

const goneWithinMs = 2_000;
const entry = /^\[\n {2}\{"id": 1, "recv": \[.*\]\}\n\]\n$/;
const small = { branches: 1, customers: 1 };

const unwritable = [
  {
    title: 'a folder in place of the file',
    make: (world: World): string => {
      fs.mkdirSync(world.path('folder'));
      return 'folder';
    },
    message: /the output .*folder cannot be written: it is a directory; name a file in it/,
  },
  {
    title: 'a file in place of a folder',
    make: (world: World): string => `${world.write('file', '')}/out.json`,
    message: /the output .*file\/out\.json cannot be written: (ENOTDIR|EEXIST)/,
  },
  {
    title: 'a name beyond what a file system takes',
    make: (): string => `${'x'.repeat(300)}.json`,
    message: /the output .*xxx\.json cannot be written: the name is too long \(ENAMETOOLONG\)\n$/,
  },
];

for (const { title, make, message } of unwritable) {
  test(`${title} is refused before anything starts`, async (t) => {
    const world = new World(t);
    const { code, stderr } = await world.run(['run', world.scenario(small), '-o', make(world)]);
    assert.equal(code, 73, stderr);
    assert.match(stderr, message);
    assert.equal(fs.existsSync(world.pm2Home), false);
  });
}

test('a full device is an error that keeps the exit code honest', async (t) => {
  const world = new World(t);
  const { code, stderr } = await world.run(['run', world.scenario(small), '-o', '/dev/full']);
  assert.equal(code, 73, stderr);
  assert.match(stderr, /the output \/dev\/full cannot be written: the disk is full \(ENOSPC\)/);
  await world.untilNothingLeft(goneWithinMs);
});

test('a disk that is full during the run ends it in order, and says so', async (t) => {
  const world = new World(t);
  const input = world.scenario({ branches: 2, customers: 1, deposits: 2_000 });
  const command = `ulimit -f 200; exec "$@"`;
  const tally = [process.execPath, world.program, 'run', input];
  const run = world.spawn(['bash', '-c', command, 'bash', ...tally]);
  const { code, stderr } = await run.ended;
  assert.ok(code === 69 || code === 73, `${code}: ${stderr}`);
  assert.match(stderr, /EFBIG|file too large/);
  assert.equal(world.exists('outputs/input.json'), false);
  await world.untilNothingLeft(goneWithinMs);
});

test('a runs folder that cannot be made is refused, and the guard goes', async (t) => {
  const world = new World(t);
  const runs = `${world.write('file', '')}/runs`;
  const { code, stderr } = await world.run(['run', world.scenario(small), '--runs', runs]);
  assert.equal(code, 73, stderr);
  assert.match(stderr, /the run's folder .*file\/runs\/.* cannot be written: .*--runs and TMPDIR/);
  await world.untilNothingLeft(goneWithinMs);
});

const unreadable = [
  { title: 'a loop of links', name: 'loop.json' },
  { title: 'a name beyond what a file system takes', name: `${'x'.repeat(300)}.json` },
];

for (const { title, name } of unreadable) {
  test(`an input that cannot be looked at is told as an input: ${title}`, async (t) => {
    const world = new World(t);
    fs.symlinkSync('loop.json', world.path('loop.json'));
    const { code, stderr } = await world.run(['run', world.path(name), '-o', 'out.json']);
    assert.equal(code, 66, stderr);
    assert.match(stderr, /the file cannot be read/);
  });
}

test('an output that is the input is a usage error', async (t) => {
  const world = new World(t);
  const input = world.scenario(small);
  for (const output of ['input.json', './input.json', input]) {
    const { code, stderr } = await world.run(['run', input, '-o', output]);
    assert.equal(code, 64, stderr);
    assert.match(stderr, /the output .*input\.json is the input; name another with -o/);
  }
});

test('an invalid input leaves the earlier output as the previous one', async (t) => {
  const world = new World(t);
  world.write('out.json', 'whole');
  const { code } = await world.run(['run', world.write('bad.json', '[{]'), '-o', 'out.json']);
  assert.equal(code, 65);
  assert.equal(world.exists('out.json'), false);
  assert.equal(world.read('out.previous.json'), 'whole');
});

test('a whole output replaces the partial one of before, and keeps the previous', async (t) => {
  const world = new World(t);
  world.write('out.json', 'earlier');
  world.write('out.partial.json', 'stopped');
  const { code } = await world.run(['run', world.scenario(small), '-o', 'out.json']);
  assert.equal(code, 0);
  assert.match(world.read('out.json'), entry);
  assert.equal(world.read('out.previous.json'), 'earlier');
  assert.equal(world.exists('out.partial.json'), false);
});

test('a link stays a link, and what it points to is replaced', async (t) => {
  const world = new World(t);
  fs.mkdirSync(world.path('real'));
  world.write('real/out.json', 'earlier');
  fs.symlinkSync(world.path('real/out.json'), world.path('link.json'));
  assert.equal((await world.run(['run', world.scenario(small), '-o', 'link.json'])).code, 0);
  assert.equal(fs.lstatSync(world.path('link.json')).isSymbolicLink(), true);
  assert.match(world.read('real/out.json'), entry);
});

for (const output of ['-', '/dev/stdout']) {
  test(`-o ${output} leaves standard output to the result alone`, async (t) => {
    const world = new World(t);
    const { code, stdout } = await world.run(['run', world.scenario(small), '-o', output]);
    assert.equal(code, 0);
    assert.match(stdout, entry);
    assert.deepEqual(fs.existsSync(world.path('outputs')), false);
  });
}

test('-o /dev/stdout into a file writes to it and replaces nothing', async (t) => {
  const world = new World(t);
  const words = [
    process.execPath,
    world.program,
    'run',
    world.scenario(small),
    '-o',
    '/dev/stdout',
  ];
  const run = world.spawn(['bash', '-c', '"$@" > here.json', 'bash', ...words]);
  assert.equal((await run.ended).code, 0);
  assert.match(world.read('here.json'), entry);
  assert.equal(fs.readlinkSync('/dev/stdout'), '/proc/self/fd/1');
});

test('-o to a named pipe waits for its reader, and stays a pipe', async (t) => {
  const world = new World(t);
  execFileSync('mkfifo', [world.path('pipe')]);
  const run = world.start(['run', world.scenario(small), '-o', 'pipe']);
  await run.says('stopping');
  const reader = world.spawn(['cat', world.path('pipe')]);
  assert.match((await reader.ended).stdout, entry);
  assert.equal((await run.ended).code, 0);
  assert.equal(fs.statSync(world.path('pipe')).isFIFO(), true);
});

test('a pipe that nobody reads does not keep a signal from ending the run', async (t) => {
  const world = new World(t);
  execFileSync('mkfifo', [world.path('pipe')]);
  const run = world.start(['run', world.scenario(small), '-o', 'pipe']);
  await run.says('stopping');
  await world.until('the end of all processes', () =>
    world.daemon() === undefined ? true : undefined,
  );
  // Two that differ: a signal that comes again before it was heard counts once.
  run.signal('SIGINT');
  run.signal('SIGTERM');
  assert.match(String((await run.ended).code), /130|143/);
  await world.untilNothingLeft(goneWithinMs);
});

test('a reader of standard output that leaves early does not end the run', async (t) => {
  const world = new World(t);
  const words = [process.execPath, world.program, 'run', world.scenario(small)];
  const command = '"$@" | true; exit ${PIPESTATUS[0]}';
  const { code, stderr } = await world.spawn(['bash', '-c', command, 'bash', ...words]).ended;
  assert.equal(code, 0, stderr);
  assert.match(world.read('outputs/input.json'), entry);
});
