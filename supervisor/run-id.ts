import { randomInt } from 'node:crypto';

/** In the environment of every process that a run starts, so that all of them can be found. */
export const runVariable = 'TALLY_RUN';

/** Also in the environment of the guard, which outlives the others. */
export const guardVariable = 'TALLY_GUARD';

/**
 * Letters of a run's suffix. No vowels and no `l`: no suffix can spell `.json` or `.yml`, which pm2
 * would take for a file.
 */
const alphabet = 'bcdfghjkmnpqrtvwxz23456789';
const suffixLength = 4;

/** "20261122-193349-k3f9": sorts by time, and the suffix tells runs of one second apart. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  const letters = Array.from({ length: suffixLength }, () => alphabet[randomInt(alphabet.length)]);
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${letters.join('')}`;
}

export const isRunId = (text: string): boolean => /^\d{8}-\d{6}-[b-z2-9]{4}$/.test(text);

/** The part of a run id that tells when the run began. */
export const runSecond = (runId: string): string => runId.slice(0, -suffixLength - 1);

/** The part of a run id that goes into names of apps, which `pm2 monit` cuts at 15 letters. */
export const runSuffix = (runId: string): string => runId.slice(-suffixLength);
