/** The cluster that the other tests stand on does what they believe of it. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../project.ts';
import { until } from '../until.ts';
import { Cluster } from './cluster.ts';
import { findGrounds, type Grounds } from './grounds.ts';
import { processesIn, processesNaming } from './processes.ts';
import { ClusterWorld, needsCluster, needsMachines } from './world.ts';

const patienceMs = 60_000;
const onNode = ['srun', '-Q', '--no-kill', '--chdir', '/'];

test(
  'three nodes are three machines with names, addresses and processes of their own',
  needsMachines,
  async (t) => {
    const { cluster } = await ClusterWorld.start(t, 3);
    const sees = `hostname; hostname -I; ls /tmp; ls ${projectFolder} 2>/dev/null; true`;
    const seen = cluster.nodes.map(({ name }) =>
      cluster.run('srun', '-Q', '-N1', '-w', name, '--chdir', '/', 'sh', '-c', sees),
    );
    assert.deepEqual(
      seen.map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      cluster.nodes.map(
        ({ name, address }) => `${name} ${address} ${path.basename(cluster.folder)}`,
      ),
    );
  },
);

test(
  'processes of a job are seen on their nodes, and a node that loses its power has none',
  needsCluster,
  async (t) => {
    const { cluster, ...rest } = await ClusterWorld.start(t, 3);
    const [first, second, third] = cluster.nodes;
    assert.ok(first && second && third);
    const job = rest.world.spawn([...cluster.head, ...onNode, '-N3', 'sleep', '1000']);
    const sleeps = (count: number): true | undefined =>
      cluster.nodes.flatMap((node) => cluster.processesOn(node)).length === count || undefined;
    await until('a process on each node', () => sleeps(3), patienceMs);
    cluster.powerCut(second);
    await until('the end of one', () => sleeps(2), patienceMs);
    assert.deepEqual(cluster.processesOn(second), []);
    job.signal('SIGKILL');
  },
);

test(
  'a cut cable parts a node from the others until it is plugged in again',
  needsMachines,
  async (t) => {
    const { cluster } = await ClusterWorld.start(t, 2);
    const [node] = cluster.nodes;
    assert.ok(node);
    const reaches = (): boolean => {
      const connect = `timeout 1 bash -c '</dev/tcp/${node.address}/6818'`;
      return spawnSync(cluster.command, ['head', 'sh', '-c', connect]).status === 0;
    };
    assert.equal(reaches(), true);
    cluster.cutCable(node);
    assert.equal(reaches(), false);
    cluster.restoreCable(node);
    await until('the node', () => reaches() || undefined, patienceMs);
  },
);

const kinds: readonly Grounds[] = ['namespaces', 'loopback'];
const found = findGrounds();

for (const grounds of kinds) {
  const possible = 'grounds' in found && (found.grounds === grounds || grounds === 'loopback');
  const needs = { skip: possible ? false : needsCluster.skip || needsMachines.skip };
  test(`two clusters on ${grounds} stand side by side and leave nothing`, needs, async (t) => {
    const clusters = await Promise.all([Cluster.start(grounds, 1), Cluster.start(grounds, 2)]);
    t.after(() => Promise.all(clusters.map((cluster) => cluster.close())));
    const names = clusters.map((cluster) =>
      cluster.run('srun', '-Q', '--chdir', '/', 'echo', 'hello'),
    );
    assert.deepEqual(names, ['hello\n', 'hello\n']);
    await Promise.all(clusters.map((cluster) => cluster.close()));
    assert.deepEqual(
      clusters.map(({ folder }) => fs.existsSync(folder)),
      [false, false],
    );
    assert.deepEqual(
      clusters.flatMap(({ folder }) => processesNaming(`${folder}/`)),
      [],
    );
  });
}

test(
  'a cluster whose owner is killed ends with it, jobs and folder too',
  needsCluster,
  async (t) => {
    const owner = spawn(process.execPath, [path.join(projectFolder, 'build/cluster.js'), '2']);
    t.after(() => owner.kill('SIGKILL'));
    let said = '';
    owner.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until('the cluster', () => said.includes('power-off') || undefined, patienceMs);
    const [folder = ''] = /\/\S+\/tally-cluster-\w+/.exec(said) ?? [];
    const job = spawn(path.join(folder, 'cluster'), ['head', ...onNode, '-N2', 'sleep', '1000']);
    const isAtWork = (): boolean => processesIn(folder, 'node-2').length > 0;
    await until('a job', () => isAtWork() || undefined, patienceMs);
    owner.kill('SIGKILL');
    await until(
      'the end of all',
      () => processesNaming(`${folder}/`).length === 0 || undefined,
      patienceMs,
    );
    await until('the end of the folder', () => !fs.existsSync(folder) || undefined, patienceMs);
    job.kill('SIGKILL');
  },
);
