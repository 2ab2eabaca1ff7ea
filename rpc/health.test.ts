import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import {
  Client,
  credentials,
  status,
  type ClientReadableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { socketIn, startAgreeable } from '../test/agreeable-branch.ts';
import type { HealthCheckResponse__Output as HealthResponse } from './generated/grpc/health/v1/HealthCheckResponse.ts';
import { healthService } from './service.ts';

const { Check, Watch } = healthService;

function clientFor(t: TestContext, target: string): Client {
  const client = new Client(target, credentials.createInsecure());
  t.after(() => client.close());
  return client;
}

/** The answer, or the status where there is none. */
function check(client: Client, service: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      Check.path,
      Check.requestSerialize,
      Check.responseDeserialize,
      { service },
      (error: ServiceError | null, response?: HealthResponse) =>
        resolve(error ? status[error.code] : response?.status),
    );
  });
}

const cases = [
  { service: '', answers: 'SERVING' },
  { service: 'bank.Branch', answers: 'SERVING' },
  { service: 'bank.Customer', answers: 'NOT_FOUND' },
];

for (const { service, answers } of cases) {
  test(`health of "${service}" is ${answers}`, async (t) => {
    const target = socketIn(t);
    const server = await startAgreeable(t, { target });
    server.setServing();
    assert.equal(await check(clientFor(t, target), service), answers);
  });
}

function watch(client: Client, service: string): ClientReadableStream<HealthResponse> {
  return client.makeServerStreamRequest(
    Watch.path,
    Watch.requestSerialize,
    Watch.responseDeserialize,
    { service },
  );
}

async function next(stream: ClientReadableStream<HealthResponse>): Promise<string> {
  const [response] = (await once(stream, 'data')) as [HealthResponse];
  return response.status;
}

test('who watches hears of each change, and that the branch stops', async (t) => {
  const target = socketIn(t);
  const server = await startAgreeable(t, { target });
  const stream = watch(clientFor(t, target), 'bank.Branch');
  assert.equal(await next(stream), 'NOT_SERVING');
  const serving = next(stream);
  server.setServing();
  assert.equal(await serving, 'SERVING');
  const stopping = next(stream);
  const ended = once(stream, 'end');
  await server.stop(10_000);
  assert.equal(await stopping, 'NOT_SERVING');
  await ended;
});

test('who watches an unknown service is told so', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const stream = watch(clientFor(t, target), 'bank.Customer');
  assert.equal(await next(stream), 'SERVICE_UNKNOWN');
  stream.on('error', () => {});
  stream.cancel();
});
