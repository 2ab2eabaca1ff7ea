import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scenario } from '../bank/scenario.ts';
import { placeWith } from '../test/place.ts';
import { makePlan, makeTopology } from './plan.ts';

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

const place = placeWith({
  branches: [
    { target: '10.0.0.1:5001', node: 'node1' },
    { target: '10.0.0.2:5001', node: 'node2' },
  ],
  visits: ['node2', 'node1'],
});

test('names of apps begin with what they are and end with the run', () => {
  const { branches, visits } = makePlan(scenario, place);
  assert.deepEqual(
    [...branches, ...visits].map(({ app }) => app),
    ['branch-12.k3f9', 'branch-3.k3f9', 'visit-1.k3f9', 'visit-2.k3f9'],
  );
});

test('every process has the place that its platform gave it', () => {
  const plan = makePlan(scenario, place);
  assert.deepEqual(
    plan.branches.map(({ target, node }) => [target, node]),
    [
      ['10.0.0.1:5001', 'node1'],
      ['10.0.0.2:5001', 'node2'],
    ],
  );
  assert.deepEqual(
    plan.visits.map(({ node }) => node),
    ['node2', 'node1'],
  );
  const topology = makeTopology(plan, scenario, { paceMs: 0 });
  assert.deepEqual(
    topology.branches.map(({ node }) => node),
    ['node1', 'node2'],
  );
});

test('where there is one machine, none is named', () => {
  const branches = [{ target: 'unix:/tmp/x/1.sock' }, { target: 'unix:/tmp/x/2.sock' }];
  const plan = makePlan(scenario, placeWith({ branches }));
  assert.ok(![...plan.branches, ...plan.visits].some((process) => 'node' in process));
});
