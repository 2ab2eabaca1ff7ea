import {
  credentials,
  ServerCredentials,
  type ChannelCredentials,
  type ChannelOptions,
} from '@grpc/grpc-js';
import { clientOptions } from './channel.ts';

/**
 * Between machines both sides of a connection show a certificate of the run's own authority, and
 * whoever has none is hung up on before gRPC begins.
 */
export interface Identity {
  /** PEM of the run's authority, which alone is trusted. */
  readonly ca: Buffer;
  /** PEM of this machine's certificate, and of its private key. */
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** An identity, and the name that the other side's certificate must bear. */
export interface PeerTls extends Identity {
  readonly serverName: string;
}

export function serverCredentials(identity: Identity | undefined): ServerCredentials {
  if (identity === undefined) return ServerCredentials.createInsecure();
  const { ca, certificate, key } = identity;
  return ServerCredentials.createSsl(ca, [{ cert_chain: certificate, private_key: key }], true);
}

/** By the key's buffer: a process has one identity for all whom it calls. */
const made = new WeakMap<Buffer, ChannelCredentials>();

/** Making them takes 2 to 3 ms, which a branch with many fellows pays once. */
export function channelCredentials(identity: Identity | undefined): ChannelCredentials {
  if (identity === undefined) return credentials.createInsecure();
  const { ca, certificate, key } = identity;
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = credentials.createSsl(ca, key, certificate);
  made.set(key, fresh);
  return fresh;
}

/** The server must bear its name in its certificate, at whatever address it is reached. */
export const channelOptions = (tls: PeerTls | undefined): ChannelOptions =>
  tls === undefined
    ? clientOptions
    : { ...clientOptions, 'grpc.ssl_target_name_override': tls.serverName };
