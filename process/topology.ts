import fs from 'node:fs';
import type { Topology } from '../bank/topology.ts';

/** What a child was started with: the topology of its run, and which of its processes it is. */
export interface Order {
  readonly topology: Topology;
  /** Branch id or customer entry. */
  readonly number: number;
}

export type ReadOrder = { readonly ok: true; readonly order: Order } | Unreadable;

interface Unreadable {
  readonly ok: false;
  readonly message: string;
}

/**
 * @param argv what stands behind the script: the topology's path and the number
 * @param usage what the two are called, for the message
 */
export function readOrder(argv: readonly string[], usage: string): ReadOrder {
  const [file, text] = argv;
  const number = Number(text);
  if (
    argv.length !== 2 ||
    file === undefined ||
    !Number.isSafeInteger(number) ||
    text?.trim() === ''
  )
    return unreadable(`usage: ${usage}`);
  const content = readJson(file);
  if (!content.ok) return content;
  // The supervisor wrote it; both are of one build.
  return { ok: true, order: { topology: content.value as Topology, number } };
}

export type ReadJson = { readonly ok: true; readonly value: unknown } | Unreadable;

/** A file of the run's folder; a message that names it if that cannot be read. */
export function readJson(file: string): ReadJson {
  try {
    return { ok: true, value: JSON.parse(fs.readFileSync(file, 'utf8')) };
  } catch (error) {
    return unreadable(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}

const unreadable = (message: string): Unreadable => ({ ok: false, message });

/** What lets this process in at the branches; the buffers hold PEM. */
export interface ReadAccess {
  readonly token: string | undefined;
  readonly identity:
    | { readonly ca: Buffer; readonly certificate: Buffer; readonly key: Buffer }
    | undefined;
}

/** Reads the files that the topology names: none with Unix sockets. */
export function readAccess({ tokenFile, tls }: Topology): ReadAccess {
  return {
    token: tokenFile === undefined ? undefined : fs.readFileSync(tokenFile, 'utf8').trim(),
    identity: tls && {
      ca: fs.readFileSync(tls.ca),
      certificate: fs.readFileSync(tls.certificate),
      key: fs.readFileSync(tls.key),
    },
  };
}
