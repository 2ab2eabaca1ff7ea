import type { Reason } from '../supervisor/cause.ts';

/** What the exit code of every command means; `tally --help` and the README show this table. */
export const exitCodes = {
  0: 'served: every event was decided by the rules of the bank',
  1: 'the replicas or the answers are wrong',
  2: 'an outcome is unknown, or the run is incomplete',
  64: 'the command line is wrong',
  65: 'the input is invalid',
  66: 'the input cannot be read',
  69: 'pm2, Slurm or a process failed',
  70: 'a bug in Tally',
  73: 'the output cannot be written',
  130: 'stopped by Ctrl-C (SIGINT)',
  143: 'stopped by SIGTERM',
} as const;

export type ExitCode = keyof typeof exitCodes;

/** The exit code of a run that did not end well, by what decided it. */
export const exitCodeOf: Record<Reason, ExitCode> = {
  'replicas-differ': 1,
  'history-invalid': 1,
  deadline: 2,
  'event-unknown': 2,
  'branch-missing': 2,
  'visit-died': 2,
  'not-settled': 2,
  'history-unknown': 2,
  template: 64,
  ports: 64,
  'platform-faults': 64,
  'engine-home': 69,
  'engine-locked': 69,
  'engine-unreachable': 69,
  'engine-lost': 69,
  'engine-slow': 69,
  'engine-shared': 69,
  'ledgers-unusable': 73,
  'app-not-started': 69,
  'branch-not-ready': 69,
  'branch-crash-loop': 69,
  'branch-stopped': 69,
  'left-behind': 69,
  'output-unwritable': 73,
  'signal-interrupt': 130,
  'signal-terminate': 143,
};
