import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { projectFolder } from '../test/project.ts';
import { scratchFolder } from '../test/scratch.ts';
import { declareApps, type Ecosystem, type EcosystemFailure } from './ecosystem.ts';
import { makePlan } from './plan.ts';
import { knownAppKeys } from './pm2.ts';

const pm2 = { name: 'pm2', appKeys: knownAppKeys };

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
      programs: { branch: '/b.cjs', customer: '/c.cjs' },
      cwd: '/runs/x',
      topologyFile: '/runs/x/topology.json',
      deadlines: { customerCallMs: 10_000, updateMs: 5_000 },
      branches: [{ target: 'unix:/tmp/x/branch-1.sock' }],
      visits: [],
    },
  },
);

test("the project's template declares what pm2 knows, and survives as strict JSON", async () => {
  const file = path.join(projectFolder, 'ecosystem.template.js');
  const declared = await declareApps(plan, file, pm2);
  assert.ok('branches' in declared);
  assert.deepEqual(JSON.parse(JSON.stringify(declared)), declared);
  assert.deepEqual(declared.branches[0]?.['filter_env'], ['']);
});

/** A template that returns this. */
function declare(t: TestContext, body: string): Promise<Ecosystem | EcosystemFailure> {
  const file = path.join(scratchFolder(t), 'template.mjs');
  fs.writeFileSync(file, `export default (plan) => { ${body} };`);
  return declareApps(plan, file, pm2);
}

const app = (name: string, more = ''): string =>
  `{ name: '${name}', namespace: plan.runId, env: { TALLY_RUN: plan.runId }${more} }`;
const branch = app('branch-1.k3f9');
const visit = app('visit-1.k3f9');

const wrong = [
  { title: 'throws', body: 'throw new Error("no")', problem: 'it cannot be run: Error: no' },
  { title: 'returns no list', body: 'return { apps: 3 }', problem: 'it must return' },
  { title: 'returns nothing', body: '', problem: 'it cannot be run: ' },
  {
    title: 'forgets a visit',
    body: `return { apps: [${branch}] }`,
    problem: 'no app called visit-1.k3f9',
  },
  {
    title: 'adds an app',
    body: `return { apps: [${branch}, ${visit}, ${app('more')}] }`,
    problem: 'it declares 3 apps, and the plan has 2',
  },
  {
    title: 'uses a key that pm2 drops',
    body: `return { apps: [${branch}, ${app('visit-1.k3f9', ', killTimeout: 3')}] }`,
    problem: 'app visit-1.k3f9: pm2 does not know the key "killTimeout"',
  },
  {
    title: 'uses another namespace',
    body: `return { apps: [${branch}, { ...${visit}, namespace: 'default' }] }`,
    problem: 'app visit-1.k3f9: its namespace must be',
  },
  {
    title: 'drops the mark of the run',
    body: `return { apps: [${branch}, { ...${visit}, env: {} }] }`,
    problem: 'app visit-1.k3f9: its environment must have TALLY_RUN=',
  },
];

for (const { title, body, problem } of wrong) {
  test(`a template that ${title} is refused`, async (t) => {
    const declared = await declare(t, body);
    assert.ok('reason' in declared);
    assert.equal(declared.reason, 'template');
    assert.ok(declared.message.includes(problem), declared.message);
  });
}
