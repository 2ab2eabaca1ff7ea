import type { Fault } from './faults.ts';
import type { Event } from './scenario.ts';

/**
 * What a branch or customer process is told, by two small JSON files in the run's folder. A child
 * is started with the path of `topology.json` and its own id (branch) or entry (customer); this is
 * the whole contract, so a branch or customer in another language can take part.
 */
export interface Topology {
  readonly runId: string;
  /** The run's folder, absolute: `history.jsonl`, `ledgers/`, `visits/` and `logs/` live in it. */
  readonly folder: string;
  /**
   * Absolute path of a folder for the run's ledgers that every machine of the run sees; absent:
   * `ledgers/` of the run's folder.
   */
  readonly ledgers?: string;
  /** Path of the supervisor's socket; a child that sees it close ends at once. Absent for tests. */
  readonly lifeline?: string;
  /** False only in measurements; a run always records its history. */
  readonly history: boolean;
  /** Path of the file that holds the bearer token; only with TCP. */
  readonly tokenFile?: string;
  /** What this machine shows of itself to the others of the run; only with several. */
  readonly tls?: TlsFiles;
  readonly branches: readonly BranchAddress[];
  readonly deadlines: Deadlines;
  /** Where a customer hears that it is its turn; absent: pm2's channel, if there is one. */
  readonly turns?: 'lifeline';
  /** Pause before each event after the first, so that people can follow. */
  readonly paceMs: number;
  readonly faults: readonly Fault[];
  /** Process id of the supervisor, which the fault `kill-supervisor` strikes. */
  readonly supervisorPid: number;
}

/** Paths of PEM files on the machine that reads them. */
export interface TlsFiles {
  /** The run's certificate authority, which alone is trusted. */
  readonly ca: string;
  /** Bears the machine's name. */
  readonly certificate: string;
  readonly key: string;
}

/** A branch as its peers and customers know it. */
export interface BranchAddress {
  readonly id: number;
  /** Process name in the history: "branch-<id>". */
  readonly process: string;
  /** gRPC target: `unix:/path` or `address:port`. */
  readonly target: string;
  /** The machine that it runs on, when there are several; also the name in its TLS certificate. */
  readonly node?: string;
  /** Absent is 1; one more each time the branch was started anew elsewhere without its ledger. */
  readonly incarnation?: number;
  /** The balance that the replica starts with. */
  readonly balance: number;
}

export interface Deadlines {
  /** One attempt of a customer's call, all retries included. */
  readonly customerCallMs: number;
  /** An update at its origin; shorter than the customer's, so that the origin's answer arrives. */
  readonly updateMs: number;
}

/** `visits/<entry>.events.json`: what one customer process is to do. */
export interface VisitOrder {
  readonly entry: number;
  readonly customer: number;
  readonly events: readonly Event[];
}

/** The files of one visit and one branch, relative to the run's folder. */
export const runFiles = {
  topology: 'topology.json',
  history: 'history.jsonl',
  visitOrder: (entry: number): string => `visits/${entry}.events.json`,
  visitResult: (entry: number): string => `visits/${entry}.result.jsonl`,
  ledger: (branch: number): string => `ledgers/branch-${branch}.jsonl`,
  /** Where ledgers are shared: an old process never writes into the file of the one after it. */
  ledgerOf: (branch: number, incarnation: number): string =>
    incarnation === 1 ? runFiles.ledger(branch) : `ledgers/branch-${branch}.${incarnation}.jsonl`,
  /** One byte for each life of the process. */
  lives: (process: string): string => `lives/${process}`,
  /** One byte each time that what the fault is keyed to has happened; by its place in the list. */
  faultCount: (fault: number): string => `faults/${fault}.count`,
  standardOutput: (process: string): string => `logs/${process}.out.log`,
  standardError: (process: string): string => `logs/${process}.err.log`,
} as const;

/** Name of a branch process in history, messages and logs. */
export const branchProcess = (id: number): string => `branch-${id}`;

/** Name of a customer process: by entry, since one customer may visit several times. */
export const visitProcess = (entry: number): string => `visit-${entry}`;
