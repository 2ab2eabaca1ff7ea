import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { type Metadata, Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { socketIn, startAgreeable, supervisorFor } from '../test/agreeable-branch.ts';
import type { BranchHandlers } from './server.ts';
import { healthService } from './service.ts';

test('health answers NOT_SERVING until it is told otherwise', async (t) => {
  const target = socketIn(t);
  const server = await startAgreeable(t, { target });
  const supervisor = supervisorFor(t, { target });
  const before = await supervisor.checkHealth(50);
  assert.deepEqual(before, { status: 'UNAVAILABLE', detail: 'health answers NOT_SERVING' });
  server.setServing();
  assert.equal(await supervisor.checkHealth(10_000), undefined);
});

test('a branch that is nowhere is told after the deadline', async (t) => {
  const failure = await supervisorFor(t, { target: socketIn(t) }).checkHealth(100);
  assert.equal(failure?.status, 'DEADLINE_EXCEEDED');
});

test('one connection serves from the first question to the last, also over a restart', async (t) => {
  const target = socketIn(t);
  const supervisor = supervisorFor(t, { target });
  const first = await startAgreeable(t, { target });
  first.setServing();
  assert.equal(await supervisor.checkHealth(10_000), undefined);
  await first.stop(1_000);
  const second = await startAgreeable(t, { target });
  second.setServing();
  assert.equal(await supervisor.checkHealth(10_000), undefined);
  assert.equal((await supervisor.settle('a-run', 10_000)).ok, true);
});

test('who hangs up while a branch is not ready waits no longer', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const supervisor = supervisorFor(t, { target });
  const waiting = supervisor.checkHealth(60_000);
  supervisor.close();
  assert.notEqual(await waiting, undefined);
  assert.equal((await supervisor.checkHealth(60_000))?.status, 'CANCELLED');
});

test('who hangs up is not kept waiting for a branch that does not settle', async (t) => {
  const target = socketIn(t);
  const asked = new EventEmitter();
  const Settle: BranchHandlers['Settle'] = () => {
    asked.emit('settle');
    return new Promise(() => {});
  };
  await startAgreeable(t, { target }, { Settle });
  const supervisor = supervisorFor(t, { target });
  const heard = once(asked, 'settle');
  const settled = supervisor.settle('a-run', 60_000);
  await heard;
  supervisor.close();
  const result = await settled;
  assert.equal(result.ok ? 'OK' : result.failure.status, 'CANCELLED');
});

test('settle tells balance and version', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const settled = await supervisorFor(t, { target }).settle('a-run', 10_000);
  assert.deepEqual(settled, { ok: true, response: { balance: 0, version: 7 } });
});

/** Listens where a branch should, says that it serves, and keeps what it is shown. */
async function startStranger(t: TestContext, target: string): Promise<Metadata[]> {
  const shown: Metadata[] = [];
  const server = new Server();
  t.after(() => server.forceShutdown());
  const check: UntypedHandleCall = (call: { metadata: Metadata }, answer: Answer) => {
    shown.push(call.metadata);
    answer(null, { status: 'SERVING' });
  };
  server.addService(healthService, { Check: check });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(target, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return shown;
}

type Answer = (error: null, response: object) => void;

test('who is only asked for its health is not shown the token', async (t) => {
  const target = socketIn(t);
  const shown = await startStranger(t, target);
  const supervisor = supervisorFor(t, { target, token: 'the-token' });
  assert.equal(await supervisor.checkHealth(10_000), undefined);
  assert.deepEqual(
    shown.map((metadata) => metadata.get('authorization')),
    [[]],
  );
});
