import type { Told } from './told.ts';

/**
 * What the supervisor and the agent of a node tell each other: one JSON object a line, over one
 * mutually authenticated TLS connection. Each side carries out what it hears in order.
 */

/** The supervisor's certificate bears this name. */
export const supervisorName = 'supervisor';

/** Files are named by their paths relative to the node's private folder. */
export type ToAgent =
  /** The answer to a beat, with what stood in it. */
  | { readonly type: 'beat'; readonly sentMs: number }
  /** Appends to a file, or begins it anew. */
  | {
      readonly type: 'write';
      readonly file: string;
      readonly text: string;
      readonly begin: boolean;
    }
  /** What stands in the file from this byte on, and what is appended later, is sent in whole lines. */
  | { readonly type: 'follow'; readonly file: string; readonly from: number }
  | { readonly type: 'unfollow'; readonly file: string }
  /** Asks for ports that nobody listens on. */
  | { readonly type: 'ports'; readonly request: number; readonly count: number }
  /** Makes, tries and uses, or removes the folder in which the ledgers of all nodes are; absolute. */
  | {
      readonly type: 'ledgers';
      readonly request: number;
      readonly folder: string;
      readonly what: 'make' | 'find' | 'remove';
    }
  /** A message for the process of this name, or for every process of the node. */
  | { readonly type: 'tell'; readonly process: string | null; readonly told: Told }
  /** A signal for the process of this name, or for every process of the node. */
  | {
      readonly type: 'signal';
      readonly process: string | null;
      readonly signal: 'SIGINT' | 'SIGKILL';
    }
  /** Asks to answer when everything before is carried out and all that was written is sent. */
  | { readonly type: 'flush'; readonly request: number }
  /** The run is over on this node: nothing more is wanted from it. */
  | { readonly type: 'end' };

export type FromAgent =
  /** `sentMs` is by the agent's own monotonic clock. */
  | { readonly type: 'beat'; readonly sentMs: number }
  /** The first message: the address of this node, as the supervisor and other nodes reach it. */
  | { readonly type: 'hello'; readonly address: string }
  /** A child has taken hold of its lifeline. */
  | { readonly type: 'child'; readonly process: string; readonly pid: number }
  /** What a child says over its lifeline. */
  | { readonly type: 'said'; readonly process: string; readonly message: object }
  /** Whole lines that were appended to a file. */
  | { readonly type: 'lines'; readonly file: string; readonly text: string }
  | { readonly type: 'ports'; readonly request: number; readonly ports: readonly number[] }
  /** What the file system said against it, if anything. */
  | { readonly type: 'ledgers'; readonly request: number; readonly trouble: string | null }
  | { readonly type: 'flushed'; readonly request: number };

/** What an agent prints first, on its step's standard output. */
export interface AgentOffer {
  /** PEM; the private key stays on the node. */
  readonly publicKey: string;
  /** The node's private folder of the run, where its processes run. */
  readonly folder: string;
}

/** What the supervisor answers on the step's standard input. */
export interface SupervisorAnswer {
  /** PEM, for the agent's public key. */
  readonly certificate: string;
  /** PEM of the run's certificate authority. */
  readonly ca: string;
  /** Where the supervisor listens; which of the addresses this node can reach is tried. */
  readonly addresses: readonly string[];
  readonly port: number;
}

/** Files in a node's private folder that have no other name. */
export const nodeFiles = {
  lifeline: 'agent.sock',
  ca: 'ca.pem',
  certificate: 'certificate.pem',
  key: 'key.pem',
} as const;
