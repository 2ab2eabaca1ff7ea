/** What standard gRPC tools see of a running branch, as it is bundled. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import type { HealthCheckResponse__Output as HealthResponse } from '../rpc/generated/grpc/health/v1/HealthCheckResponse.ts';
import { healthService } from '../rpc/service.ts';
import { Bank } from './bank.ts';
import { projectFolder } from './project.ts';
import { reflectedServices } from './reflection-call.ts';

const services = ['bank.Branch', 'grpc.health.v1.Health'];

function health(client: Client, service: string): Promise<string | undefined> {
  const { path: call, requestSerialize, responseDeserialize } = healthService.Check;
  const deadline = Date.now() + 10_000;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      call,
      requestSerialize,
      responseDeserialize,
      { service },
      { deadline },
      (error: ServiceError | null, response?: HealthResponse) =>
        resolve(error?.details ?? response?.status),
    );
  });
}

test('the bundled branch answers health and reflection', async (t) => {
  const bank = await Bank.open(t, { branches: 1 });
  await bank.serve();
  const client = new Client(bank.target(1), credentials.createInsecure());
  t.after(() => client.close());
  assert.equal(await health(client, ''), 'SERVING');
  assert.equal(await health(client, 'bank.Branch'), 'SERVING');
  assert.equal(await health(client, 'bank.Customer'), 'no service "bank.Customer" here');
  assert.deepEqual(await reflectedServices(client, 'v1'), services);
  assert.deepEqual(await reflectedServices(client, 'v1alpha'), services);
});

/** Debian's python3-grpcio, which belongs to Debian's own Python. */
const python = '/usr/bin/python3';
const hasPython = spawnSync(python, ['-c', 'import grpc, google.protobuf']).status === 0;
const skip = hasPython ? false : `${python} has no grpc: install Debian's python3-grpcio`;

test('a Python client finds its way by health and reflection alone', { skip }, async (t) => {
  const bank = await Bank.open(t, { branches: 1, balance: 0 });
  await bank.serve();
  const script = path.join(projectFolder, 'test/python-client.py');
  const { stdout } = await promisify(execFile)(python, [script, bank.target(1)]);
  assert.deepEqual(JSON.parse(stdout), {
    health: ['SERVING', 'SERVING'],
    v1: services,
    v1alpha: services,
    query: { balance: 0, present: true },
  });
});
