import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { socketIn, startAgreeable } from '../test/agreeable-branch.ts';
import { reflectedServices } from '../test/reflection-call.ts';

function clientFor(t: TestContext, target: string): Client {
  const client = new Client(target, credentials.createInsecure());
  t.after(() => client.close());
  return client;
}

for (const version of ['v1', 'v1alpha'] as const) {
  test(`reflection ${version} lists the services`, async (t) => {
    const target = socketIn(t);
    await startAgreeable(t, { target });
    const services = await reflectedServices(clientFor(t, target), version);
    assert.deepEqual(services, ['bank.Branch', 'grpc.health.v1.Health']);
  });
}

test('where a token is wanted, reflection wants it too', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target, token: 'secret' });
  const client = clientFor(t, target);
  await assert.rejects(reflectedServices(client, 'v1'), { code: status.UNAUTHENTICATED });
  const metadata = new Metadata();
  metadata.set('authorization', 'Bearer secret');
  assert.equal((await reflectedServices(client, 'v1', metadata)).length, 2);
});
