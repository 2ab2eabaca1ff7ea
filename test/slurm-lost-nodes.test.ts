/** Nodes of a job that are lost in the middle of a run: their agents are killed. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { signal } from '../supervisor/life.ts';
import { Job } from './slurm-job.ts';

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
