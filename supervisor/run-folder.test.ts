import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type Owner, self } from './owner.ts';
import { createSocketFolder, nameSocketFolder } from './run-folder.ts';

const runId = '20261122-193349-k3f9';
const owner: Owner = { runId, supervisor: self() };
const longestSocket = 107;

test("a run's private folder is entered by its user alone, and is never somebody else's", (t) => {
  const folder = nameSocketFolder(runId);
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  assert.match(path.basename(folder), /^tally-k3f9-/);
  assert.notEqual(nameSocketFolder(runId), folder);
  createSocketFolder(folder, owner);
  assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
  assert.throws(() => createSocketFolder(folder, owner), { code: 'EEXIST' });
});

test('the longest name of a socket fits into it', () => {
  const socket = path.join(nameSocketFolder(runId), `branch-${Number.MAX_SAFE_INTEGER}.sock`);
  assert.ok(Buffer.byteLength(socket) <= longestSocket, socket);
});
