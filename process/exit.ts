/**
 * How a child process ends, for its supervisor. Not 0 where it must not be started again: pm2
 * reports a process killed by SIGKILL as exit 0.
 */
export const exitCode = {
  done: 0,
  /** The arguments or the files that they name make no sense. */
  usage: 64,
  /** An error that nobody expected: its message and stack are on standard error. */
  bug: 70,
  /** The supervisor is gone, was never there, or has said that the run is over. */
  supervisorGone: 75,
  /** Somebody else listens on the branch's address, or it cannot be listened on at all. */
  addressUnusable: 76,
  /** The branch's ledger contradicts itself, or a fellow contradicts it. */
  ledgerUnusable: 77,
} as const;
