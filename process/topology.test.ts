import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { readOrder } from './topology.ts';

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
