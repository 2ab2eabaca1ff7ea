/**
 * Somebody on the network who is not of the run: stranger.js SERVER_NAME ADDRESS:PORT... Asks to be
 * served at each address in every way that it knows, and prints what came of it as JSON.
 */
import { generateKeyPairSync } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import grpc from '@grpc/grpc-js';
import { createAuthority } from '../../supervisor/certificates.ts';

/** A door that stays shut may say nothing at all. */
const patienceMs = 3_000;

/** What somebody who is served would say and hear first on each kind of door. */
const paths = ['/bank.Branch/Query', '/bank.Branch/Settle', '/grpc.health.v1.Health/Check'];
const greeting = `${JSON.stringify({ type: 'hello', address: '10.77.0.14' })}\n`;

export interface Attempt {
  readonly target: string;
  readonly way: string;
  /** What somebody at the target said to the stranger. */
  readonly answers: readonly string[];
}

interface Papers {
  readonly certificate: string;
  readonly key: string;
}

/** Whoever answers, and whatever it can prove, a stranger is content with. */
const credulous = { rejectUnauthorized: false, checkServerIdentity: () => undefined };

async function forge(name: string): Promise<Papers> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const authority = await createAuthority('another run');
  return { certificate: await authority.issue({ name, publicKey }), key: privateKey };
}

async function attempt(target: string, way: string, papers?: Papers): Promise<Attempt> {
  const secret = way !== 'in plain text';
  const credentials = secret
    ? grpc.credentials.createFromSecureContext(
        tls.createSecureContext({ cert: papers?.certificate, key: papers?.key }),
        credulous,
      )
    : grpc.credentials.createInsecure();
  const calls = paths.map((path) => call(target, credentials, path));
  const answers = await Promise.all([...calls, greet(target, secret, papers)]);
  return { target, way, answers: answers.filter((answer) => answer !== undefined) };
}

const asIs = (bytes: Buffer): Buffer => bytes;

function call(
  target: string,
  credentials: grpc.ChannelCredentials,
  path: string,
): Promise<string | undefined> {
  const client = new grpc.Client(target, credentials, { 'grpc.enable_http_proxy': 0 });
  const options = { deadline: Date.now() + patienceMs };
  const { UNAVAILABLE, DEADLINE_EXCEEDED } = grpc.status;
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, asIs, asIs, Buffer.alloc(0), options, (error, value) => {
      client.close();
      if (error === null) resolve(`${path}: ${value?.length} bytes`);
      else if (error.code === UNAVAILABLE || error.code === DEADLINE_EXCEEDED) resolve(undefined);
      else resolve(`${path}: ${error.message}`);
    });
  });
}

/** As an agent greets its supervisor, or anybody anybody. */
function greet(target: string, secret: boolean, papers?: Papers): Promise<string | undefined> {
  const [host = '', port] = target.split(':');
  const place = { host, port: Number(port) };
  const identity = { cert: papers?.certificate, key: papers?.key };
  const socket = secret ? tls.connect({ ...place, ...credulous, ...identity }) : net.connect(place);
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.write(greeting);
  return new Promise((resolve) => {
    socket.once('close', () => resolve(heard === '' ? undefined : `said ${JSON.stringify(heard)}`));
  });
}

const [, , serverName = '', ...targets] = process.argv;
const papers = await forge(serverName);
const attempts = await Promise.all(
  targets.flatMap((target) => [
    attempt(target, 'in plain text'),
    attempt(target, 'without a certificate'),
    attempt(target, 'with a forged certificate', papers),
  ]),
);
console.log(JSON.stringify(attempts));
