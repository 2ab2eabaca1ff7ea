/** Runs on many machines, with stand-ins for Slurm's commands: every node is this machine. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import { findByEnvironment, type ProcessIdentity, signal } from '../supervisor/life.ts';
import { projectFolder } from './project.ts';
import { type Started, World } from './rig.ts';

const standIns = path.join(projectFolder, 'test/fixtures/slurm');
const expected = (name: string): string =>
  fs.readFileSync(path.join(projectFolder, `inputs/expected/${name}.json`), 'utf8');

/** Inside of a job, as the stand-ins see it. */
const job = { PATH: `${standIns}:${process.env['PATH'] ?? ''}`, SLURM_JOB_ID: '7' };

class Job {
  readonly world: World;

  constructor(t: TestContext) {
    // Before the world goes, which knows the runs.
    t.after(() => {
      for (const left of this.processes()) signal(left, 'SIGKILL');
      this.removePacks();
    });
    this.world = new World(t);
  }

  /** A pack whose agents never began, or were killed, is left to the user's next agent, a minute later. */
  private removePacks(): void {
    const runIds = this.world.runIds();
    for (const name of fs.readdirSync('/tmp'))
      if (runIds.some((runId) => name.startsWith(`tally-${runId}-`)))
        fs.rmSync(path.join('/tmp', name));
  }

  start(...words: readonly string[]): Started {
    return this.world.start(['run', ...words, '-o', 'output.json'], job);
  }

  records(): HistoryRecord[] {
    const lines = this.world.read('runs/latest/history.jsonl').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as HistoryRecord);
  }

  /** On all nodes, and what stands in for srun. */
  processes(): ProcessIdentity[] {
    return this.world.runIds().flatMap((runId) => this.world.processesOf(runId));
  }

  /** The agent of a node, once it is there. */
  agent(node: string): Promise<ProcessIdentity> {
    return this.world.until(`the agent of ${node}`, () =>
      this.processes().find(({ pid }) => {
        const { command, environment } = look(pid);
        return command.includes('.cjs 20') && environment.includes(`SLURMD_NODENAME=${node}`);
      }),
    );
  }

  /** No process, no folder, no key. */
  async untilNothingLeft(): Promise<void> {
    const runIds = this.world.runIds();
    // Also the guards, which remove what the supervisor could not.
    const living = (): number =>
      runIds.flatMap((runId) => findByEnvironment(`TALLY_RUN=${runId}`)).length;
    await this.world.until('the end of every process', () => (living() === 0 ? true : undefined));
    const left = fs
      .readdirSync(os.tmpdir())
      .filter((name) => runIds.some((runId) => name.startsWith(`tally-node-${runId}`)));
    assert.deepEqual(left, [], 'folders were left on the nodes');
    await this.world.untilNothingLeft(2_000);
  }
}

/** What a process was started as, and with; empty if it is gone. */
function look(pid: number): { readonly command: string; readonly environment: readonly string[] } {
  const read = (file: string): string[] => {
    try {
      return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
    } catch {
      return [];
    }
  };
  const name = read('cmdline');
  // Not what stands in for srun, whose command line ends with the step's.
  const command = name[0]?.endsWith('node') ? name.join(' ') : '';
  return { command, environment: read('environ') };
}

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

test('a node that is lost: its branch is started elsewhere, and the run goes on, right', async (t) => {
  const run = new Job(t);
  // Customers of branch 1 alone, so that the lost branch is the origin of nothing.
  const events = Array.from({ length: 40 }, (_, index) => ({
    id: index + 1,
    interface: index % 2 === 0 ? 'deposit' : 'query',
    ...(index % 2 === 0 ? { money: 10 } : {}),
  }));
  const branches = [1, 2, 3].map((id) => ({ id, type: 'branch', balance: 400 }));
  const file = run.world.write('input.json', [{ id: 1, type: 'customer', events }, ...branches]);
  const started = run.start(file, '--pace', '150');
  await started.says('running the customers');
  signal(await run.agent('node-3'), 'SIGKILL');
  await started.says('node-3 is lost, with branch-3: ');
  const { code, stderr } = await started.ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /branch-3 is started on node-1/);
  assert.match(stderr, /check {3}valid: 40 events .* all 3 replicas end at 600/);
  const lost = run.records().filter(({ kind }) => kind === 'lost');
  assert.equal(lost.length, 1);
  const [, , third] = run.world.runRecord().branches;
  assert.equal(third?.node, 'node-1');
});

const namesIn = (folder: string): string[] => fs.readdirSync(folder).toSorted();

test('ledgers that all nodes share come home, and nothing of them stays there', async (t) => {
  const run = new Job(t);
  const shared = path.join(run.world.folder, 'shared');
  fs.mkdirSync(shared);
  const words = ['--engine', 'slurm', '--ledgers', shared, '--pace', '300'];
  const started = run.start(run.world.scenario(), ...words);
  await started.says('running the customers');
  const [runId = ''] = run.world.runIds();
  const first = [1, 2, 3].map((id) => `branch-${id}.jsonl`);
  assert.deepEqual(namesIn(path.join(shared, runId)), first);
  signal(await run.agent('node-3'), 'SIGKILL');
  await started.says('branch-3 is started on node-1');
  const { code, stderr } = await started.ended;
  assert.equal(code, 0, stderr);
  const home = path.join(run.world.folder, 'runs/latest/ledgers');
  assert.deepEqual(namesIn(home), [...first, 'branch-3.2.jsonl'].toSorted());
  const [, recovered = ''] = fs
    .readFileSync(path.join(home, 'branch-3.2.jsonl'), 'utf8')
    .split('\n');
  assert.match(recovered, /"kind":"(recover|fence)"/);
  assert.deepEqual(namesIn(shared), []);
});

test('a node that cannot write into the folder of the ledgers is named, and so is the folder', async (t) => {
  const run = new Job(t);
  const words = ['--engine', 'slurm', '--ledgers', path.join(run.world.folder, 'nowhere')];
  const { code, stderr } = await run.start(input('example'), ...words).ended;
  assert.equal(code, 73, stderr);
  assert.match(stderr, /node-1 cannot keep ledgers in \S+\/nowhere\/\S+: ENOENT/);
  await run.untilNothingLeft();
});

const query = (id: number): object => ({ id, interface: 'query' });

test('a customer whose turn comes while its node is being lost waits for a new place', async (t) => {
  const run = new Job(t);
  // More than are started ahead, so that the last is to be started when its node is gone already.
  const customers = Array.from({ length: 9 }, (_, index) => ({
    id: index === 8 ? 3 : 1,
    type: 'customer',
    events: index === 0 ? [1, 2, 3, 4].map(query) : [query(1)],
  }));
  const branches = [1, 2, 3].map((id) => ({ id, type: 'branch', balance: 400 }));
  const file = run.world.write('input.json', [...customers, ...branches]);
  const started = run.start(file, '--pace', '300');
  await started.says('running the customers');
  signal(await run.agent('node-3'), 'SIGKILL');
  const { code, stderr } = await started.ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /branch-3 is started on node-1/);
  const places = run
    .records()
    .flatMap((record) =>
      record.kind === 'online' && record.subject === 'visit-9' ? [record.node] : [],
    );
  assert.deepEqual(places, ['node-1']);
});

test('the last node that is lost ends the run, with the node and the branches by name', async (t) => {
  const run = new Job(t);
  const started = run.start(run.world.scenario(), '--pace', '60000');
  await started.says('running the customers');
  for (const node of ['node-1', 'node-2', 'node-3']) signal(await run.agent(node), 'SIGKILL');
  const { code, stderr } = await started.ended;
  assert.equal(code, 69, stderr);
  // A line breaks instead of ending when its agent dies with something unread.
  const why = '(its agent hung up|the line to it broke: read ECONNRESET)';
  const text = new RegExp(String.raw`error: every node of job 7 is gone \(${why}(; ${why})?\);`);
  assert.match(stderr, text);
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
    ...job,
    PATH: `${commands}:${job.PATH}`,
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
  const { code, stderr } = await world.run(['run', world.scenario({ faults })], '', job);
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
