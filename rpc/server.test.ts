import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { test, type TestContext } from 'node:test';
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { limits } from '../bank/limits.ts';
import {
  agreeable,
  answer,
  balance,
  socketIn,
  soon,
  startAgreeable,
  success,
  supervisorFor,
} from '../test/agreeable-branch.ts';
import { BranchStub, type Route } from './client.ts';
import { serve, type BranchHandlers } from './server.ts';
import { branchService } from './service.ts';

function stubFor(t: TestContext, route: Route): BranchStub {
  const stub = new BranchStub(route);
  t.after(() => stub.close());
  return stub;
}

test('a call is answered, with a balance of 0', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const result = await stubFor(t, { target }).call('Query', {}, soon());
  assert.deepEqual(result, { ok: true, response: balance });
});

test('a call leaves the stacks of other errors alone', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const before = Error.stackTraceLimit;
  const result = stubFor(t, { target }).call('Query', {}, soon());
  assert.equal(Error.stackTraceLimit, before);
  await result;
});

test('a failure reaches the caller with its status and its sentence', async (t) => {
  const target = socketIn(t);
  const failure = { status: 'FAILED_PRECONDITION', detail: 'branch-1 belongs to run a' } as const;
  await startAgreeable(t, { target }, { Query: () => Promise.resolve({ ok: false, failure }) });
  const result = await stubFor(t, { target }).call('Query', {}, soon());
  assert.deepEqual(result, { ok: false, failure });
});

test('a handler hears when its caller stops waiting', async (t) => {
  const target = socketIn(t);
  let heard = 0;
  const Query: BranchHandlers['Query'] = (_message, deadline) => {
    heard = deadline;
    return answer(balance);
  };
  await startAgreeable(t, { target }, { Query });
  const deadline = soon();
  await stubFor(t, { target }).call('Query', {}, deadline);
  assert.ok(Math.abs(heard - deadline) < 1_000, `${heard} is not about ${deadline}`);
});

test('a caller does not wait beyond its deadline', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target }, { Query: () => new Promise(() => {}) });
  const result = await stubFor(t, { target }).call('Query', {}, Date.now() + 50);
  assert.equal(result.ok ? 'OK' : result.failure.status, 'DEADLINE_EXCEEDED');
});

test('a call waits for a branch that serves only later', async (t) => {
  const target = socketIn(t);
  const result = stubFor(t, { target }).call('Query', {}, soon());
  await startAgreeable(t, { target });
  assert.equal((await result).ok, true);
});

test('a request that is too large is refused with a clean status', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const message = {
    money: 1,
    envelope: { sender: 'x'.repeat(limits.messageBytes), message: '', clock: 0 },
  };
  const result = await stubFor(t, { target }).call('Deposit', message, soon());
  assert.equal(result.ok ? 'OK' : result.failure.status, 'RESOURCE_EXHAUSTED');
});

test('an address where somebody answers is in use', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target });
  const second = await serve({ target }, agreeable);
  assert.equal(second.ok ? 'served' : second.reason, 'address-in-use');
  const result = await stubFor(t, { target }).call('Query', {}, soon());
  assert.equal(result.ok, true, 'the first one still serves');
});

test('a TCP port where somebody listens is in use', async (t) => {
  const holder = net.createServer().listen(0, '127.0.0.1');
  t.after(() => holder.close());
  await new Promise((resolve) => holder.once('listening', resolve));
  const address = holder.address();
  assert.ok(address !== null && typeof address !== 'string');
  const second = await serve({ target: `127.0.0.1:${address.port}` }, agreeable);
  assert.equal(second.ok ? 'served' : second.reason, 'address-in-use');
});

test('a socket file that a killed server left is taken over', async (t) => {
  const target = socketIn(t);
  const file = target.slice('unix:'.length);
  leaveSocketFile(file);
  assert.ok(fs.existsSync(file));
  await startAgreeable(t, { target });
  assert.equal((await stubFor(t, { target }).call('Query', {}, soon())).ok, true);
});

test('an address that cannot be listened on is told', async () => {
  const served = await serve({ target: 'unix:/no/such/folder/branch' }, agreeable);
  assert.equal(served.ok ? 'served' : served.reason, 'cannot-listen');
});

test('who hangs up waits no longer for an open call', async (t) => {
  const target = socketIn(t);
  const calls = new EventEmitter();
  const arrival = once(calls, 'query');
  const Query: BranchHandlers['Query'] = () => {
    calls.emit('query');
    return new Promise(() => {});
  };
  await startAgreeable(t, { target }, { Query });
  const stub = stubFor(t, { target });
  const result = stub.call('Query', {}, soon());
  await arrival;
  stub.close();
  const settled = await result;
  assert.equal(settled.ok ? 'OK' : settled.failure.status, 'CANCELLED');
});

test('a client connects before its first call if it is told to', async (t) => {
  const target = socketIn(t);
  const server = net.createServer((socket) => socket.destroy());
  server.listen(target.slice('unix:'.length));
  t.after(() => server.close());
  const connection = once(server, 'connection');
  stubFor(t, { target }).connect();
  await connection;
});

test('stop waits for an open call', async (t) => {
  const target = socketIn(t);
  const calls = new EventEmitter();
  const arrival = once(calls, 'query');
  const Query: BranchHandlers['Query'] = async () => {
    calls.emit('query');
    await once(calls, 'stop');
    return answer(balance);
  };
  const server = await startAgreeable(t, { target }, { Query });
  const result = stubFor(t, { target }).call('Query', {}, soon());
  await arrival;
  const stopped = server.stop(10_000);
  calls.emit('stop');
  assert.equal((await result).ok, true);
  await stopped;
});

test('stop waits no longer than its grace', async (t) => {
  const target = socketIn(t);
  const calls = new EventEmitter();
  const arrival = once(calls, 'query');
  const Query: BranchHandlers['Query'] = () => {
    calls.emit('query');
    return new Promise(() => {});
  };
  const server = await startAgreeable(t, { target }, { Query });
  const result = stubFor(t, { target }).call('Query', {}, Date.now() + 300);
  await arrival;
  await server.stop(10);
  assert.equal((await result).ok, false);
});

/** As SIGKILL leaves it: the file is there, and nobody listens. */
function leaveSocketFile(file: string): void {
  const other = `${file}.other`;
  const server = net.createServer().listen(other);
  fs.linkSync(other, file);
  server.close();
}

const token = 'correct horse battery staple';

const credentialsCases = [
  { title: 'no token', token: undefined, status: 'UNAUTHENTICATED' },
  { title: 'another token', token: 'wrong horse', status: 'UNAUTHENTICATED' },
  { title: 'the token', token, status: 'OK' },
];

for (const { title, token: given, status: expected } of credentialsCases) {
  test(`where a token is wanted, ${title} gets ${expected}`, async (t) => {
    const target = socketIn(t);
    let touched = false;
    const Deposit: BranchHandlers['Deposit'] = () => {
      touched = true;
      return answer(success);
    };
    await startAgreeable(t, { target, token }, { Deposit });
    const stub = stubFor(t, { target, token: given });
    const result = await stub.call('Deposit', { money: 1 }, soon());
    assert.equal(result.ok ? 'OK' : result.failure.status, expected);
    assert.equal(touched, expected === 'OK');
  });
}

test('where a token is wanted, health needs none', async (t) => {
  const target = socketIn(t);
  const server = await startAgreeable(t, { target, token });
  server.setServing();
  assert.equal(await supervisorFor(t, { target }).checkHealth(10_000), undefined);
});

test('where a token is wanted, bytes that are no message are refused before they are read', async (t) => {
  const target = socketIn(t);
  await startAgreeable(t, { target, token });
  const client = new Client(target, credentials.createInsecure());
  t.after(() => client.close());
  const code = await new Promise((resolve) => {
    client.makeUnaryRequest(
      branchService.Deposit.path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      Buffer.from([0xff, 0xff, 0xff]),
      (error: ServiceError | null) => resolve(error?.code),
    );
  });
  assert.equal(code, status.UNAUTHENTICATED);
});
