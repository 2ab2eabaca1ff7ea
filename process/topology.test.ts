import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Topology } from '../bank/topology.ts';
import { scratchFolder } from '../test/scratch.ts';
import { readAccess, readOrder } from './topology.ts';

const usage = 'node branch.cjs TOPOLOGY_JSON BRANCH_ID';

const wrong = [
  { title: 'no arguments', argv: [] },
  { title: 'no number', argv: ['topology.json'] },
  { title: 'an empty number', argv: ['topology.json', ''] },
  { title: 'a number that is none', argv: ['topology.json', 'one'] },
  { title: 'one argument too many', argv: ['topology.json', '1', '2'] },
];

for (const { title, argv } of wrong) {
  test(`${title}: the usage is told`, () => {
    assert.deepEqual(readOrder(argv, usage), { ok: false, message: `usage: ${usage}` });
  });
}

test('a file that is not there is named', () => {
  const read = readOrder(['/no/such/topology.json', '1'], usage);
  assert.match(read.ok ? '' : read.message, /^\/no\/such\/topology\.json cannot be read: ENOENT/);
});

test('a file that is cut short is named', (t) => {
  const file = path.join(scratchFolder(t), 'topology.json');
  fs.writeFileSync(file, '{"runId":"a');
  const read = readOrder([file, '1'], usage);
  assert.ok(!read.ok && read.message.startsWith(`${file} cannot be read: `));
});

test('the topology and the number are what was given', (t) => {
  const file = path.join(scratchFolder(t), 'topology.json');
  fs.writeFileSync(file, '{"runId":"a"}');
  assert.deepEqual(readOrder([file, '0'], usage), {
    ok: true,
    order: { topology: { runId: 'a' }, number: 0 },
  });
});

const topology: Topology = {
  runId: 'a',
  folder: '/nowhere',
  history: false,
  branches: [],
  deadlines: { customerCallMs: 1, updateMs: 1 },
  paceMs: 0,
  faults: [],
  supervisorPid: 0,
};

test('where the topology names no files, nothing is needed', () => {
  assert.deepEqual(readAccess(topology), { token: undefined, identity: undefined });
});

test('the token and the identity are what stands in their files', (t) => {
  const folder = scratchFolder(t);
  const write = (name: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, `the ${name}\n`);
    return file;
  };
  const tls = { ca: write('ca'), certificate: write('certificate'), key: write('key') };
  const { token, identity } = readAccess({ ...topology, tokenFile: write('token'), tls });
  assert.equal(token, 'the token');
  assert.deepEqual(identity, {
    ca: Buffer.from('the ca\n'),
    certificate: Buffer.from('the certificate\n'),
    key: Buffer.from('the key\n'),
  });
});
