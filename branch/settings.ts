/** What a replica is told when it is made. */
export interface Settings {
  /** The run that the ledger belongs to. */
  readonly runId: string;
  /** The id of this branch. */
  readonly id: number;
  /** The ids of the fellow branches. */
  readonly peers: readonly number[];
  /** The balance before the first update, the same at every branch. */
  readonly balance: number;
  /** How long an update may take at its origin. */
  readonly updateMs: number;
}
