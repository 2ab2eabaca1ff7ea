/** What standard gRPC tools see of a running branch, as it is bundled. */
import assert from 'node:assert/strict';
import { spawnSync, execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Bank } from './bank.ts';
import { projectFolder } from './project.ts';

/** Debian's python3-grpcio, which belongs to Debian's own Python. */
const python = '/usr/bin/python3';
const hasPython = spawnSync(python, ['-c', 'import grpc, google.protobuf']).status === 0;
const skip = hasPython ? false : `${python} has no grpc: install Debian's python3-grpcio`;

test('a Python client finds its way by health and reflection alone', { skip }, async (t) => {
  const bank = await Bank.open(t, { branches: 1, balance: 0 });
  await bank.serve();
  const script = path.join(projectFolder, 'test/python-client.py');
  const { stdout } = await promisify(execFile)(python, [script, bank.target(1)]);
  const services = ['bank.Branch', 'grpc.health.v1.Health'];
  assert.deepEqual(JSON.parse(stdout), {
    health: ['SERVING', 'SERVING'],
    v1: services,
    v1alpha: services,
    query: { balance: 0, present: true },
  });
});
