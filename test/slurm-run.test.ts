/** Runs on many machines, with stand-ins for Slurm's commands: every node is this machine. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './project.ts';
import { insideJob, Job, standIns } from './slurm-job.ts';

const expected = (name: string): string =>
  fs.readFileSync(path.join(projectFolder, `inputs/expected/${name}.json`), 'utf8');

const input = (name: string): string => path.join(projectFolder, `inputs/${name}.json`);

test('a run on three nodes leaves what a run on one machine leaves, and nothing else', async (t) => {
  const run = new Job(t);
  const { code, stderr } = await run.start(input('example')).ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /bringing Tally to node-1, node-2, node-3/);
  assert.equal(run.world.read('output.json'), expected('example'));
  const nodes = run
    .records()
    .flatMap((record) => (record.kind === 'online' ? [[record.subject, record.node]] : []));
  assert.deepEqual(
    nodes.toSorted(([one = ''], [other = '']) => one.localeCompare(other)),
    [1, 2, 3]
      .flatMap((id) => [[`branch-${id}`, `node-${id}`]])
      .concat([1, 2, 3].map((entry) => [`visit-${entry}`, `node-${entry}`])),
  );
  const ledgers = [1, 2, 3].map((id) => run.world.read(`runs/latest/ledgers/branch-${id}.jsonl`));
  assert.ok(ledgers.every((ledger) => ledger.split('\n').length > 2));
  await run.untilNothingLeft();
});

test('a branch that dies on a living node comes back there, with its ledger', async (t) => {
  const run = new Job(t);
  const faults = [
    { fault: 'kill-branch', branch: 2, when: 'after-decide', update: 1 },
    { fault: 'kill-customer', entry: 2, event: 1 },
  ] as const;
  const { code, stderr } = await run.start(run.world.scenario({ faults })).ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /branch-2 was started again \(1\)/);
  assert.match(stderr, /check {3}valid/);
  const lives = run
    .records()
    .filter(({ process }) => process === 'branch-2' || process === 'visit-2');
  assert.deepEqual([...new Set(lives.map(({ life }) => life))], [0, 1]);
});

test('a node that cannot write into the folder of the ledgers is named, and so is the folder', async (t) => {
  const run = new Job(t);
  const words = ['--engine', 'slurm', '--ledgers', path.join(run.world.folder, 'nowhere')];
  const { code, stderr } = await run.start(input('example'), ...words).ended;
  assert.equal(code, 73, stderr);
  assert.match(stderr, /node-1 cannot keep ledgers in \S+\/nowhere\/\S+: ENOENT/);
  await run.untilNothingLeft();
});

for (const name of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  for (const phase of [
    'bringing Tally',
    'waiting until every branch serves',
    'running the customers',
  ]) {
    test(`${name} while it says "${phase}" leaves nothing on any node`, async (t) => {
      const run = new Job(t);
      const started = run.start(run.world.scenario(), '--pace', '60000');
      await started.says(phase);
      started.signal(name);
      const { code, stderr } = await started.ended;
      assert.equal(code, { SIGINT: 130, SIGTERM: 143, SIGKILL: null }[name], stderr);
      await run.untilNothingLeft();
    });
  }
}

test('a node that cannot be reached, or has no Node.js there, is named', async (t) => {
  const run = new Job(t);
  const commands = path.join(run.world.folder, 'commands');
  fs.cpSync(standIns, commands, { recursive: true });
  const srun =
    '#!/bin/bash\n[ "$1" = --version ] && exit\necho "srun: error: no such step" >&2; exit 1\n';
  fs.writeFileSync(path.join(commands, 'srun'), srun);
  const words = ['run', input('example')];
  const { code, stderr } = await run.world.run(words, '', {
    ...insideJob,
    PATH: `${commands}:${insideJob.PATH}`,
  });
  assert.equal(code, 69, stderr);
  assert.match(
    stderr,
    /Tally could not be brought to node-\d with .*node; .*\n.*srun: error: no such step/,
  );
});

test('what needs one machine is refused on many', async (t) => {
  const { world } = new Job(t);
  const faults = [{ fault: 'kill-daemon', entry: 1, event: 1 }] as const;
  const { code, stderr } = await world.run(['run', world.scenario({ faults })], '', insideJob);
  assert.equal(code, 64);
  assert.match(stderr, /the fault kill-daemon is for runs on one machine/);
});

test('a dry run shows what Slurm would be asked for, and starts nothing', async (t) => {
  const { world } = new Job(t);
  const words = ['run', world.scenario(), '--engine', 'slurm', '--nodes', '2', '--dry-run'];
  const { code, stdout, stderr } = await world.run(words);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
    ['salloc', 'sbcast', ...Array.from({ length: 8 }, () => 'srun')],
  );
  assert.match(stdout, /srun .*--nodelist=NODE-2 .* branch\.cjs topology\.json 2/);
  assert.deepEqual(fs.readdirSync(world.folder), ['input.json']);
});
