import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test, type TestContext } from 'node:test';
import tls from 'node:tls';
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { createAuthority } from '../supervisor/certificates.ts';
import { answer, soon, startAgreeable, success, supervisorFor } from '../test/agreeable-branch.ts';
import { freePorts } from '../process/ports.ts';
import { makeIdentity } from '../test/identity.ts';
import { BranchStub, routeTo, type Route } from './client.ts';
import type { BranchHandlers } from './server.ts';
import { branchService } from './service.ts';

const [ours, theirs] = [await createAuthority('a-run'), await createAuthority('a-run')];
const identities = {
  server: await makeIdentity(ours, 'node-2'),
  client: await makeIdentity(ours, 'node-1'),
  stranger: await makeIdentity(theirs, 'node-1'),
  impostor: { ...(await makeIdentity(theirs, 'node-1')), ca: Buffer.from(ours.certificate) },
};

interface Guarded {
  readonly target: string;
  readonly port: number;
  /** How many deposits came through. */
  readonly deposits: () => number;
}

/** A branch on node-2, whom only the run may call. */
async function startGuarded(t: TestContext): Promise<Guarded> {
  const [port = 0] = await freePorts('127.0.0.1', 1);
  const target = `127.0.0.1:${port}`;
  let deposits = 0;
  const Deposit: BranchHandlers['Deposit'] = () => {
    deposits += 1;
    return answer(success);
  };
  const server = await startAgreeable(t, { target, tls: identities.server }, { Deposit });
  server.setServing();
  return { target, port, deposits: () => deposits };
}

async function deposit(t: TestContext, route: Route, deadline: number): Promise<string> {
  const stub = new BranchStub(route);
  t.after(() => stub.close());
  const result = await stub.call('Deposit', { money: 1 }, deadline);
  return result.ok ? 'OK' : `${result.failure.status}: ${result.failure.detail}`;
}

test('machines of one run call each other', async (t) => {
  const { target, deposits } = await startGuarded(t);
  const tls = { ...identities.client, serverName: 'node-2' };
  assert.equal(await deposit(t, { target, tls }, soon()), 'OK');
  assert.equal(deposits(), 1);
});

test('the supervisor sees and settles a branch on another machine', async (t) => {
  const { target } = await startGuarded(t);
  const identity = await makeIdentity(ours, 'supervisor');
  const route = { target, tls: { ...identity, serverName: 'node-2' } };
  const supervisor = supervisorFor(t, route);
  assert.equal(await supervisor.checkHealth(10_000), undefined);
  const settled = await supervisor.settle('a-run', 10_000);
  assert.deepEqual(settled, { ok: true, response: { balance: 0, version: 7 } });
});

const { client, stranger, impostor } = identities;

test('a client without a certificate gets no answer', async (t) => {
  const { target, deposits } = await startGuarded(t);
  const options = { 'grpc.ssl_target_name_override': 'node-2' };
  const nobody = new Client(target, credentials.createSsl(client.ca), options);
  t.after(() => nobody.close());
  const { path, requestSerialize, responseDeserialize } = branchService.Deposit;
  const code = await new Promise((resolve) => {
    nobody.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { money: 1 },
      (error: ServiceError | null) => resolve(error?.code),
    );
  });
  assert.equal(code, status.UNAVAILABLE);
  assert.equal(deposits(), 0);
});

const refused: readonly { title: string; tls: Route['tls'] }[] = [
  { title: 'a plain client', tls: undefined },
  { title: 'a client of another run', tls: { ...stranger, serverName: 'node-2' } },
  { title: 'a client of another run that trusts ours', tls: { ...impostor, serverName: 'node-2' } },
  { title: 'a client that wants another machine', tls: { ...client, serverName: 'node-3' } },
];

for (const { title, tls } of refused) {
  test(`${title} gets no answer, and its deposit touches nothing`, async (t) => {
    const { target, deposits } = await startGuarded(t);
    const outcome = await deposit(t, { target, tls }, Date.now() + 500);
    assert.match(outcome, /^(DEADLINE_EXCEEDED|UNAVAILABLE)/);
    const health = await supervisorFor(t, { target, tls }).checkHealth(300);
    assert.match(health?.status ?? 'SERVING', /^(DEADLINE_EXCEEDED|UNAVAILABLE)/);
    assert.equal(deposits(), 0);
  });
}

const switchOff = 'NODE_TLS_REJECT_UNAUTHORIZED';

test('a variable in the environment that switches checks off switches none off', async (t) => {
  const { target, deposits } = await startGuarded(t);
  process.env[switchOff] = '0';
  t.after(() => delete process.env[switchOff]);
  const tls = { ...client, serverName: 'node-3' };
  assert.match(await deposit(t, { target, tls }, Date.now() + 500), /^DEADLINE_EXCEEDED/);
  assert.equal(deposits(), 0);
});

/** A stranger that is let in would wait for ever. */
const briefly = { timeout: 10_000 };

/** Passes everything on to the port, and keeps it: somebody on the wire between two machines. */
async function eavesdrop(
  t: TestContext,
  port: number,
): Promise<{ target: string; heard: Buffer[] }> {
  const heard: Buffer[] = [];
  const relay = net.createServer((caller) => {
    const branch = net.connect(port, '127.0.0.1');
    for (const [from, to] of [
      [caller, branch],
      [branch, caller],
    ] as const) {
      t.after(() => from.destroy());
      from
        .on('error', () => {})
        .on('data', (chunk: Buffer) => heard.push(chunk) && to.write(chunk));
    }
  });
  t.after(() => relay.close());
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  return { target: `127.0.0.1:${(relay.address() as net.AddressInfo).port}`, heard };
}

for (const { title, isPlain } of [
  { title: 'between machines nothing can be read on the wire', isPlain: false },
  { title: 'on a plain connection everything can', isPlain: true },
]) {
  test(title, async (t) => {
    const [port = 0] = await freePorts('127.0.0.1', 1);
    const own = isPlain ? undefined : identities.server;
    await startAgreeable(t, { target: `127.0.0.1:${port}`, tls: own });
    const { target, heard } = await eavesdrop(t, port);
    const tls = isPlain ? undefined : { ...client, serverName: 'node-2' };
    const stub = new BranchStub({ target, tls });
    t.after(() => stub.close());
    const envelope = { run_id: 'a-run', sender: 'visit-4711', message: '', clock: 0 };
    const result = await stub.call('Query', { envelope }, soon());
    assert.equal(result.ok, true);
    assert.equal(Buffer.concat(heard).includes('visit-4711'), isPlain);
  });
}

/** Everything that is read from a connection until it closes. */
async function readAll(socket: net.Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}

test(
  'a stranger that speaks plain HTTP/2 is hung up on without a word of it',
  briefly,
  async (t) => {
    const { port } = await startGuarded(t);
    const socket = net.connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const said = await readAll(socket);
    assert.ok(said.length < 10 && !said.includes('HTTP'), `it said ${JSON.stringify(said)}`);
  },
);

test('a stranger that speaks TLS is hung up on before gRPC says anything', briefly, async (t) => {
  const { port } = await startGuarded(t);
  const options = { rejectUnauthorized: false, ALPNProtocols: ['h2'] };
  const socket = tls.connect({ port, host: '127.0.0.1', ...options });
  t.after(() => socket.destroy());
  assert.equal(await readAll(socket), '');
});

test('a branch is reached at its own machine, whatever its address', () => {
  const branch = { id: 2, process: 'branch-2', target: '10.0.0.2:7000', balance: 400 };
  const route = routeTo({ ...branch, node: 'node-2' }, { identity: client });
  assert.deepEqual(route.tls, { ...client, serverName: 'node-2' });
  assert.throws(() => routeTo(branch, { identity: client }), /on which machine branch-2 runs/);
  assert.deepEqual(routeTo(branch, { token: 'x' }), { target: '10.0.0.2:7000', token: 'x' });
});
