import type { Fence } from './protocol.ts';

/** What a replica is told when it is made. */
export interface Settings {
  /** The run that the ledger belongs to. */
  readonly runId: string;
  /** The id of this branch. */
  readonly id: number;
  /** How many times it was started without a ledger: 1 at first, one more after each loss. */
  readonly incarnation: number;
  /** The ids of the fellow branches, in the order in which they are told of a commit. */
  readonly peers: readonly number[];
  /** The fellows that were started without a ledger before this process was, as the run says. */
  readonly fences: readonly Fence[];
  /**
   * With several machines: a fellow on another one, which is told each commit at once. So somebody
   * knows of it when this machine is lost, but for the moment that it is on its way.
   */
  readonly witness?: number;
  /** Ledgers are on a file system that outlives the machines, so that a lost one can be read. */
  readonly hasSharedLedgers?: boolean;
  /** The balance before the first update, the same at every branch. */
  readonly balance: number;
  /** How long an update may take at its origin. */
  readonly updateMs: number;
}
