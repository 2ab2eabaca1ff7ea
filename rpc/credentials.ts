import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Metadata,
  ServerInterceptingCall,
  status,
  type ServerInterceptor,
  type ServerListener,
} from '@grpc/grpc-js';

/**
 * On TCP anybody on the machine can connect, so each call of a run carries the run's token. Health
 * stays open: it tells nothing but that a process serves.
 */
const key = 'authorization';
const openPrefix = '/grpc.health.v1.Health/';

/** What a client sends with each call; waits for a branch that is not reachable yet. */
export function callMetadata(token: string | undefined): Metadata {
  const metadata = new Metadata({ waitForReady: true });
  if (token !== undefined) metadata.set(key, `Bearer ${token}`);
  return metadata;
}

/** Refuses a call without the token before its message is read. */
export function requireToken(token: string): ServerInterceptor {
  const expected = digest(`Bearer ${token}`);
  return (method, call) => {
    if (method.path.startsWith(openPrefix)) return new ServerInterceptingCall(call);
    const listener: ServerListener = {
      onReceiveMetadata(metadata, next) {
        if (isExpected(metadata, expected)) next(metadata);
        else call.sendStatus(refused(method.path));
      },
    };
    return new ServerInterceptingCall(call, { start: (next) => next(listener) });
  };
}

function isExpected(metadata: Metadata, expected: Buffer): boolean {
  const [given = ''] = metadata.get(key);
  return timingSafeEqual(digest(given.toString()), expected);
}

const refused = (path: string) => ({
  code: status.UNAUTHENTICATED,
  details: `${path} wants the token of this run as "authorization: Bearer <token>"`,
});

/** Digests have one length, which a comparison in constant time needs. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
