/** The same input gives the same output on three machines as on one. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { until } from '../until.ts';
import {
  committedIn,
  expectedOutput,
  finalStates,
  historyOf,
  inputFile,
  placesIn,
} from './record.ts';
import { ClusterWorld, goneWithinMs, needsCluster, needsMachines, type Run } from './world.ts';

const fromLogin: Run = (site, words) => site.run(words);
const allocated: Run = (site, words) => site.runAllocated(words);

const runs = [
  { name: 'example', branches: 3, way: 'from where people log in', run: fromLogin },
  { name: 'example', branches: 3, way: 'in an allocation, found by itself', run: allocated },
  { name: 'course', branches: 50, way: 'from where people log in', run: fromLogin },
] as const;

test('a run across three nodes', needsCluster, async (t) => {
  const site = await ClusterWorld.start(t, 3);
  for (const { name, branches, way, run } of runs) {
    await t.test(`inputs/${name}.json ${way}`, async () => {
      const { code, stderr } = await run(site, [inputFile(name), '-o', 'output.json']).ended;
      assert.equal(code, 0, stderr);
      assert.equal(site.world.read('output.json'), expectedOutput(name));
      assertServed(site, branches);
      await site.untilNothingLeft(goneWithinMs);
    });
  }
});

function assertServed({ world, cluster }: ClusterWorld, branches: number): void {
  const history = historyOf(world);
  const places = [...placesIn(history)].filter(([process]) => process.startsWith('branch-'));
  assert.equal(places.length, branches);
  for (const { name } of cluster.nodes) {
    const there = places.filter(([, node]) => node === name).length;
    assert.ok(there >= Math.floor(branches / 3), `${there} branches on ${name}`);
  }
  assert.equal(history.filter(({ kind }) => kind === 'settled').length, branches);
  assert.equal(finalStates(history).length, 1, finalStates(history).join(', '));
  assert.equal(committedIn(world).length, 1, committedIn(world).join('\n\n'));
  assert.equal(fs.readdirSync(world.path('runs/latest/ledgers')).length, branches);
  assert.equal(world.runRecord().outcome?.verdict, 'valid');
}

test(
  'a batch job runs on the first of its nodes, and leaves only its output',
  needsMachines,
  async (t) => {
    const site = await ClusterWorld.start(t, 3);
    const [first] = site.cluster.nodes;
    assert.ok(first);
    // A node has the installed copy there, as a cluster with a shared file system would.
    const words = 'node /run/tally/tally.js run /run/tally/inputs/example.json -o output.json';
    const script = site.world.write('job.sh', `#!/bin/sh\n${words}\n`);
    const batch = 'sbatch -N3 --exclusive --no-requeue --chdir /run -o log'.split(' ');
    const { code, stderr } = await site.atHead([...batch, script]).ended;
    assert.equal(code, 0, stderr);
    const made = (name: string): string => path.join(site.cluster.rootOf(first) ?? '', 'run', name);
    const isOver = (): boolean => site.cluster.run('squeue', '--noheader').trim() === '';
    await until('the end of the job', () => isOver() || undefined, patienceMs);
    assert.equal(
      fs.existsSync(made('output.json')) && fs.readFileSync(made('output.json'), 'utf8'),
      expectedOutput('example'),
      fs.readFileSync(made('log'), 'utf8'),
    );
    await site.untilNothingLeft(goneWithinMs);
  },
);

const patienceMs = 60_000;
