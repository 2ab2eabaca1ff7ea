import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scenario } from '../bank/scenario.ts';
import { makePlan, makeTopology, type Place } from './plan.ts';

const scenario: Scenario = {
  branches: [
    { id: 12, balance: 400 },
    { id: 3, balance: 400 },
  ],
  visits: [
    { entry: 1, customer: 3, events: [{ id: 1, interface: 'query' }] },
    { entry: 2, customer: 3, events: [] },
  ],
  faults: [],
};

const place: Place = {
  runId: '20261122-193349-k3f9',
  folder: '/runs/20261122-193349-k3f9',
  socketFolder: '/tmp/tally-k3f9-Ab12Cd',
  programs: { branch: '/b.cjs', customer: '/c.cjs' },
  ports: undefined,
};

test('names of apps begin with what they are and end with the run', () => {
  const { branches, visits } = makePlan(scenario, place);
  assert.deepEqual(
    [...branches, ...visits].map(({ app }) => app),
    ['branch-12.k3f9', 'branch-3.k3f9', 'visit-1.k3f9', 'visit-2.k3f9'],
  );
});

const targets = (ports: number[] | undefined): string[] =>
  makePlan(scenario, { ...place, ports }).branches.map(({ target }) => target);

test('branches listen on sockets by default, and on the given ports with TCP', () => {
  assert.deepEqual(targets(undefined), [
    'unix:/tmp/tally-k3f9-Ab12Cd/branch-12.sock',
    'unix:/tmp/tally-k3f9-Ab12Cd/branch-3.sock',
  ]);
  assert.deepEqual(targets([5000, 5001]), ['127.0.0.1:5000', '127.0.0.1:5001']);
});

test('the topology names no token, only the file that holds it', () => {
  const plan = makePlan(scenario, { ...place, ports: [1, 2] });
  const conduct = { paceMs: 0, tokenFile: '/tmp/tally-k3f9-Ab12Cd/token', lifeline: '/l' };
  assert.equal(makeTopology(plan, scenario, conduct).tokenFile, conduct.tokenFile);
  const without = makeTopology(plan, scenario, { ...conduct, tokenFile: undefined });
  assert.equal('tokenFile' in without, false);
});
