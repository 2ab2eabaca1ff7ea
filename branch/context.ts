import type { Topology } from '../bank/topology.ts';
import type { HistoryWriter } from '../process/history.ts';
import type { Access } from '../rpc/client.ts';
import type { BranchFaults } from './faults.ts';
import type { LedgerRecord } from './protocol.ts';

/** What a branch knows of its run, and who watches it. */
export interface BranchContext {
  readonly topology: Topology;
  readonly id: number;
  /** The process's name in the history: "branch-2". */
  readonly process: string;
  /** What lets it in at its fellows. */
  readonly access: Access;
  readonly history: HistoryWriter | undefined;
  /** Declared faults that strike this branch; undefined when there are none. */
  readonly faults: BranchFaults | undefined;
  readonly watcher: BranchWatcher;
}

/** Hears what a branch does. */
export interface BranchWatcher {
  recorded(record: LedgerRecord): void;
  answered(): void;
  /** The branch must not go on: its ledger and a fellow's contradict each other. */
  halted(message: string): void;
}
