import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { oneMachine, type OneMachine } from './one-machine.ts';
import type { Ground, Site } from './platform.ts';

const programs = { branch: '/b.cjs', customer: '/c.cjs' };

const siteIn = (folder: string): Site => ({
  runId: '20261122-193349-k3f9',
  folder: '/runs/20261122-193349-k3f9',
  socketFolder: folder,
  scenario: {
    branches: [
      { id: 12, balance: 400 },
      { id: 3, balance: 400 },
    ],
    visits: [],
    faults: [],
  },
});

const targets = async (tcp: OneMachine['tcp']): Promise<string[]> => {
  const layout = await oneMachine({ programs, tcp }).sketch(siteIn('/tmp/tally-k3f9-Ab12Cd'));
  return layout.branches.map(({ target }) => target);
};

test('branches listen on sockets by default, and on the given ports with TCP', async () => {
  assert.deepEqual(await targets(undefined), [
    'unix:/tmp/tally-k3f9-Ab12Cd/branch-12.sock',
    'unix:/tmp/tally-k3f9-Ab12Cd/branch-3.sock',
  ]);
  assert.deepEqual(await targets({ firstPort: 5000 }), ['127.0.0.1:5000', '127.0.0.1:5001']);
});

test('no port is given twice', async () => {
  const [one, other] = await targets({ firstPort: 0 });
  assert.match(one ?? '', /^127\.0\.0\.1:\d+$/);
  assert.notEqual(one, other);
});

async function prepared(t: TestContext, tcp: OneMachine['tcp']): Promise<Ground> {
  const wait = { phase: () => {}, halt: new AbortController().signal };
  const ground = await oneMachine({ programs, tcp }).prepare(siteIn(scratchFolder(t)), wait);
  assert.ok(ground !== undefined && 'layout' in ground);
  t.after(ground.close);
  return ground;
}

test('the topology names no token, only the file that holds it', async (t) => {
  const { topology } = await prepared(t, { firstPort: 0 });
  assert.equal(path.basename(topology.tokenFile ?? ''), 'token');
  assert.equal(fs.statSync(topology.tokenFile ?? '').mode & 0o777, 0o600);
  const sockets = await prepared(t, undefined);
  assert.equal('tokenFile' in sockets.topology, false);
});
