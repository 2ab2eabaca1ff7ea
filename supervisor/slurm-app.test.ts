import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../test/project.ts';
import { declareApps } from './ecosystem.ts';
import type { App } from './engine.ts';
import { makePlan } from './plan.ts';
import { graceMs, logsOf, printedBy, restarts, slurmAppKeys, stepOf } from './slurm-app.ts';

const plan = makePlan(
  {
    branches: [{ id: 1, balance: 400 }],
    visits: [{ entry: 1, customer: 1, events: [] }],
    faults: [],
  },
  {
    runId: '20261122-193349-k3f9',
    folder: '/runs/x',
    socketFolder: '/tmp/x',
    layout: {
      programs: { branch: 'branch.cjs', customer: 'customer.cjs' },
      cwd: '.',
      topologyFile: 'topology.json',
      deadlines: { customerCallMs: 10_000, updateMs: 5_000 },
      branches: [{ target: '10.0.0.2:41000', node: 'node-2' }],
      visits: ['node-2'],
    },
  },
);

const node = { name: 'node-2', folder: '/tmp/tally-node-x' };

async function declared(): Promise<readonly [branch: App, visit: App]> {
  const template = path.join(projectFolder, 'ecosystem.template.js');
  const slurm = { name: 'Slurm', appKeys: () => slurmAppKeys };
  const ecosystem = await declareApps(plan, template, slurm);
  assert.ok('branches' in ecosystem, JSON.stringify(ecosystem));
  const [[branch], [visit]] = [ecosystem.branches, ecosystem.visits];
  assert.ok(branch !== undefined && visit !== undefined);
  return [branch, visit];
}

test("the project's template declares steps as well as apps of pm2", async () => {
  const [branch] = await declared();
  assert.deepEqual(stepOf(branch, '7', node), {
    jobId: '7',
    node: 'node-2',
    name: 'branch-1.k3f9',
    folder: '/tmp/tally-node-x',
    environment: { TALLY_RUN: plan.runId },
    command: [
      '/bin/sh',
      '-c',
      'exec >>"$0" 2>>"$1"; shift; exec "$@"',
      '/tmp/tally-node-x/logs/branch-1.k3f9.out.log',
      '/tmp/tally-node-x/logs/branch-1.k3f9.err.log',
      process.execPath,
      'branch.cjs',
      'topology.json',
      '1',
    ],
  });
});

test('what an app prints stays off the channels of Slurm, and ends in its logs', async () => {
  const [branch] = await declared();
  assert.deepEqual(
    printedBy(branch).map(({ log }) => log),
    ['/runs/x/logs/branch-1.out.log', '/runs/x/logs/branch-1.err.log'],
  );
  assert.deepEqual(logsOf(branch), {
    standardOutput: '/dev/null',
    standardError: '/runs/x/logs/branch-1.err.log',
  });
});

test('a branch is started again unless that would not help; a customer is not by itself', async () => {
  const [branch, visit] = await declared();
  assert.deepEqual(
    [0, 1, 70, 137, 75, 76, 77].map((code) => restarts(branch, code)),
    [true, true, true, true, false, false, false],
  );
  assert.equal(restarts(visit, 1), false);
});

test("the grace is the template's", async () => {
  const [branch] = await declared();
  assert.equal(graceMs(branch, 1), plan.killTimeoutMs);
  assert.equal(graceMs({ name: 'x', namespace: 'y' }, 1), 1);
});

test("a folder that is not the node's own is taken as it is declared", async () => {
  const [branch] = await declared();
  assert.equal(stepOf({ ...branch, cwd: '/srv/bank' }, '7', node).folder, '/srv/bank');
});
