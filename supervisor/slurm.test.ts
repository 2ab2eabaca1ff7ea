import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocationWords, jobIn, stepWords, tellsNodeFailure, versionIn } from './slurm.ts';

for (const { words, version } of [
  { words: 'slurm 23.02.1\n', version: 'slurm 23.02.1' },
  { words: 'slurm-wlm 22.05.8\n', version: 'slurm 22.05.8' },
]) {
  test(`the version in ${JSON.stringify(words)}`, () => assert.equal(versionIn(words), version));
}

for (const { words, nodeList, isExclusive } of [
  { words: 'node-[1-3]|NO\n', nodeList: 'node-[1-3]', isExclusive: true },
  { words: 'a1,b[07-09]|OK\n', nodeList: 'a1,b[07-09]', isExclusive: false },
  { words: 'node-1|USER\n', nodeList: 'node-1', isExclusive: false },
  { words: '', nodeList: '', isExclusive: false },
]) {
  test(`a job that squeue shows as ${JSON.stringify(words)}`, () =>
    assert.deepEqual(jobIn(words), { nodeList, isExclusive }));
}

for (const { words, tells } of [
  { words: 'srun: error: Node failure on node-2', tells: true },
  {
    words: 'slurmstepd: error: *** STEP 1.4 ON node-2 CANCELLED DUE TO NODE FAILURE ***',
    tells: true,
  },
  { words: 'srun: error: node-2: task 0: Exited with exit code 7', tells: false },
  { words: 'branch-2 serves at 10.0.0.2:41000', tells: false },
]) {
  test(`"${words}" ${tells ? 'tells' : 'does not tell'} of a lost node`, () =>
    assert.equal(tellsNodeFailure(words), tells));
}

const order = {
  jobId: '7',
  node: 'node-2',
  name: 'branch-2.k3f9',
  folder: '/tmp/tally-node-x',
  environment: { TALLY_RUN: 'x', OTHER: 'a,b' },
  command: ['/usr/bin/node', 'branch.cjs', 'topology.json', '2'],
};

test('a step is one task on one node, beside others, with its own environment alone', () => {
  const words = stepWords(order);
  assert.deepEqual(words.slice(-4), order.command);
  for (const word of ['--jobid=7', '--nodelist=node-2', '--nodes=1', '--ntasks=1', '--overlap'])
    assert.ok(words.includes(word), word);
  // Values are in srun's own environment: a comma in one would end it here.
  assert.ok(words.includes('--export=TALLY_RUN,OTHER'));
  assert.ok(stepWords({ ...order, environment: {} }).includes('--export=NONE'));
});

test('a job is for the run alone, and outlives the loss of a node', () => {
  const words = allocationWords(3, ['tally', 'run', 'x.json']);
  assert.deepEqual(words.slice(-3), ['tally', 'run', 'x.json']);
  for (const word of ['--nodes=3', '--exclusive', '--no-kill']) assert.ok(words.includes(word));
});
