/**
 * Somebody on the network who is not of the run: stranger.js ADDRESS:PORT... Tries to be served at
 * each in every way that it knows, and prints one JSON object a line: who answered what.
 */
import { generateKeyPairSync } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import grpc from '@grpc/grpc-js';

/** A door that stays shut may also say nothing at all. */
const patienceMs = 3_000;

export interface Attempt {
  readonly target: string;
  readonly way: string;
  /** What came back; nothing is as it should be. */
  readonly answer: string | undefined;
}

/** Whatever the server proves to be, a stranger would take it. */
const credulous = { rejectUnauthorized: false, checkServerIdentity: () => undefined };

function call(
  target: string,
  credentials: grpc.ChannelCredentials,
  path: string,
): Promise<string | undefined> {
  const client = new grpc.Client(target, credentials, { 'grpc.enable_http_proxy': 0 });
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      (value: Buffer) => value,
      (value) => value,
      Buffer.alloc(0),
      { deadline: Date.now() + patienceMs },
      (error, value) => {
        client.close();
        const shut =
          error?.code === grpc.status.UNAVAILABLE || error?.code === grpc.status.DEADLINE_EXCEEDED;
        resolve(shut ? undefined : (error?.details ?? `${value?.length} bytes`));
      },
    );
  });
}
