/** The agent of a node as a real process, and the supervisor's end of its line, without Slurm. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { test, type TestContext } from 'node:test';
import tls from 'node:tls';
import { limits } from '../bank/limits.ts';
import type { AgentOffer } from '../process/agent-messages.ts';
import { type AgentLine, AgentServer } from '../supervisor/agent-line.ts';
import { createAuthority } from '../supervisor/certificates.ts';
import { makeIdentity } from './identity.ts';
import { freshBuild } from './project.ts';
import { scratchFolder } from './scratch.ts';

const pack = path.join(await freshBuild(), 'pack.cjs');
const authority = await createAuthority('a-run');
const own = await makeIdentity(authority, 'supervisor');
const supervisor = {
  ca: own.ca.toString(),
  certificate: own.certificate.toString(),
  key: own.key.toString(),
};

interface Started {
  readonly agent: ChildProcessWithoutNullStreams;
  readonly offer: AgentOffer;
  readonly server: AgentServer;
  /** What the agent printed as it ended, with its exit code. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** An agent that has made its folder and its key, and waits for a certificate. */
async function start(t: TestContext): Promise<Started> {
  const server = await AgentServer.open(supervisor);
  t.after(() => server.close());
  // Its own copy, which goes with it.
  const copy = path.join(scratchFolder(t), 'pack.cjs');
  fs.copyFileSync(pack, copy);
  const agent = spawn(process.execPath, [copy, 'a-run'], { env: {} });
  t.after(() => agent.kill('SIGKILL'));
  let stderr = '';
  agent.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(agent, 'close').then(([code]) => ({ code: code as number | null, stderr }));
  const lines = readline.createInterface(agent.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  return { agent, offer: JSON.parse(line) as AgentOffer, server, ended };
}

/** Gives the agent its certificate, and says where the supervisor is. */
async function answer({ agent, offer }: Started, port: number): Promise<void> {
  const certificate = await authority.issue({ name: 'node-1', publicKey: offer.publicKey });
  // The first address leads nowhere, as those of networks that a node is not in.
  const addresses = ['127.0.0.2', '127.0.0.1'];
  const given = { certificate, ca: authority.certificate, addresses, port };
  agent.stdin.end(`${JSON.stringify(given)}\n`);
}

interface Connected extends Started {
  readonly line: AgentLine;
  /** Emits what the agent says, by its type, and `over` with the reason when the line ends. */
  readonly heard: EventEmitter;
}

async function connect(t: TestContext): Promise<Connected> {
  const started = await start(t);
  const { server } = started;
  const welcomed = new Promise<AgentLine>((resolve) => server.expect('node-1', resolve));
  await answer(started, server.port);
  const line = await welcomed;
  t.after(() => line.close('the test is over'));
  const heard = new EventEmitter();
  line.listen({
    hear: (message) => heard.emit(message.type, message),
    ended: (why) => heard.emit('over', why),
  });
  return { ...started, line, heard };
}

async function hear(heard: EventEmitter, type: string): Promise<unknown> {
  const [message] = (await once(heard, type)) as [unknown];
  return message;
}

test('the private key of a node is readable for its user alone, and never leaves it', async (t) => {
  const { offer, line } = await connect(t);
  const key = path.join(offer.folder, 'key.pem');
  assert.equal(fs.statSync(offer.folder).mode & 0o777, 0o700);
  assert.equal(fs.statSync(key).mode & 0o777, 0o600);
  assert.match(offer.publicKey, /^-----BEGIN PUBLIC KEY-----/);
  assert.match(fs.readFileSync(key, 'utf8'), /^-----BEGIN PRIVATE KEY-----/);
  assert.equal(line.address, '127.0.0.1');
});

test('what is appended to a file arrives in whole lines, and all of it before a flush is answered', async (t) => {
  const { offer, line, heard } = await connect(t);
  let text = '';
  heard.on('lines', (message: { file: string; text: string }) => {
    assert.equal(message.file, 'history.jsonl');
    assert.ok(message.text.endsWith('\n'));
    text += message.text;
  });
  const file = path.join(offer.folder, 'history.jsonl');
  fs.writeFileSync(file, 'known\n');
  void line.send({ type: 'follow', file: 'history.jsonl', from: 6 });
  void line.send({ type: 'flush', request: 1 });
  await hear(heard, 'flushed');
  assert.equal(text, '');
  // More than a piece, with lines that are longer than one, and letters of several bytes.
  const long = `${'ä'.repeat(limits.pieceBytes)}\n`;
  const lines = `one\n${long}${'zwölf\n'.repeat(20_000)}`;
  fs.appendFileSync(file, `${lines}torn`);
  void line.send({ type: 'flush', request: 2 });
  assert.deepEqual(await hear(heard, 'flushed'), { type: 'flushed', request: 2 });
  assert.ok(text === lines, 'what arrived is not what was written');
  const rest = hear(heard, 'lines');
  fs.appendFileSync(file, ' line\n');
  assert.deepEqual(await rest, { type: 'lines', file: 'history.jsonl', text: 'torn line\n' });
});

test('files are written piece by piece, and begun anew', async (t) => {
  const { offer, line, heard } = await connect(t);
  const pieces = [
    ['old', true],
    ['one', true],
    ['two', false],
  ] as const;
  for (const [text, begin] of pieces)
    void line.send({ type: 'write', file: 'topology.json', text, begin });
  void line.send({ type: 'flush', request: 1 });
  await hear(heard, 'flushed');
  assert.equal(fs.readFileSync(path.join(offer.folder, 'topology.json'), 'utf8'), 'onetwo');
});

test('ports that an agent gives are free, and no two are the same', async (t) => {
  const { line, heard } = await connect(t);
  void line.send({ type: 'ports', request: 1, count: 50 });
  const { ports } = (await hear(heard, 'ports')) as { ports: number[] };
  assert.equal(new Set(ports).size, 50);
});

/** A child of the node that says what it hears, and ends as its lifeline does. */
const child = `
  const socket = require('node:net').connect('agent.sock');
  socket.write(JSON.stringify({ process: 'visit-1', pid: process.pid }) + '\\n');
  socket.on('data', (line) => socket.write(JSON.stringify({ heard: JSON.parse(line) }) + '\\n'));
  socket.on('close', () => process.exit(75));
`;

interface StartedChild {
  readonly ended: Promise<unknown[]>;
}

async function startChild(t: TestContext, { offer, heard }: Connected): Promise<StartedChild> {
  const held = hear(heard, 'child');
  const started = spawn(process.execPath, ['-e', child], { cwd: offer.folder, env: {} });
  t.after(() => started.kill('SIGKILL'));
  const ended = once(started, 'close');
  assert.deepEqual(await held, { type: 'child', process: 'visit-1', pid: started.pid });
  return { ended };
}

test('a child is told what the supervisor says, and the other way round', async (t) => {
  const connected = await connect(t);
  await startChild(t, connected);
  const { line, heard } = connected;
  for (const process of ['visit-1', null]) {
    const said = hear(heard, 'said');
    void line.send({ type: 'tell', process: 'visit-2', told: { topic: 'tally:turn' } });
    void line.send({ type: 'tell', process, told: { topic: 'tally:turn' } });
    const message = { heard: { topic: 'tally:turn' } };
    assert.deepEqual(await said, { type: 'said', process: 'visit-1', message });
  }
});

interface Ending {
  readonly title: string;
  readonly end: (connected: Connected) => void;
  readonly code: number;
  readonly says: RegExp;
}

const endings: readonly Ending[] = [
  {
    title: 'when the supervisor wants no more',
    end: ({ line }) => void line.send({ type: 'end' }),
    code: 0,
    says: /^$/,
  },
  {
    title: 'when the supervisor hangs up',
    end: ({ line }) => line.close('a test'),
    code: 75,
    says: /^the supervisor is gone\n$/,
  },
  {
    title: 'at SIGTERM',
    end: ({ agent }) => void agent.kill('SIGTERM'),
    code: 75,
    says: /^the agent got SIGTERM\n$/,
  },
];

for (const { title, end, code, says } of endings) {
  test(`the agent ends ${title}, with its children, and leaves nothing`, async (t) => {
    const connected = await connect(t);
    const { ended: childEnded } = await startChild(t, connected);
    end(connected);
    assert.deepEqual(await childEnded, [75, null]);
    const { code: given, stderr } = await connected.ended;
    assert.equal(given, code);
    assert.match(stderr, says);
    assert.equal(fs.existsSync(connected.offer.folder), false);
  });
}

test('the agent ends when nobody answers its beats for as long as the lease', async (t) => {
  const started = await start(t);
  const { ca, certificate: cert, key } = supervisor;
  const silent = tls.createServer({ ca, cert, key, requestCert: true });
  t.after(() => silent.close());
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const connected = once(silent, 'secureConnection');
  await answer(started, (silent.address() as { port: number }).port);
  await connected;
  const { code, stderr } = await started.ended;
  assert.equal(code, 75);
  assert.equal(stderr, `no word from the supervisor for ${limits.leaseMs} ms\n`);
  assert.equal(fs.existsSync(started.offer.folder), false);
});

test('an agent that gets no certificate ends, and leaves nothing', async (t) => {
  const { agent, offer, ended } = await start(t);
  agent.stdin.end();
  assert.deepEqual(await ended, { code: 75, stderr: 'the agent got no certificate\n' });
  assert.equal(fs.existsSync(offer.folder), false);
});

test('the folder of an agent that was killed goes with the next agent', async (t) => {
  const first = await connect(t);
  first.agent.kill('SIGKILL');
  await first.ended;
  assert.ok(fs.existsSync(first.offer.folder));
  const second = await connect(t);
  assert.equal(fs.existsSync(first.offer.folder), false);
  assert.ok(fs.existsSync(second.offer.folder));
  assert.equal(path.dirname(second.offer.folder), os.tmpdir());
});

const strangers = createAuthority('a-run');

for (const { title, options } of [
  { title: 'without a certificate', options: async () => ({}) },
  {
    title: 'with a certificate of another authority',
    options: async () => {
      const { key, certificate: cert } = await makeIdentity(await strangers, 'node-1');
      return { key, cert };
    },
  },
]) {
  test(`a stranger ${title} is no agent`, async (t) => {
    const { server } = await start(t);
    server.expect('node-1', () => assert.fail('it was welcomed'));
    const socket = tls.connect({
      ...(await options()),
      host: '127.0.0.1',
      port: server.port,
      ca: supervisor.ca,
      servername: 'supervisor',
    });
    socket.write('{"type":"hello","address":"127.0.0.1"}\n');
    socket.on('data', () => assert.fail('it was told something'));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('close', resolve));
  });
}
