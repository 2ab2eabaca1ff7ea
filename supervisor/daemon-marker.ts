/** The note beside pm2's files that says: runs of Tally started this daemon. */
import fs from 'node:fs';
import path from 'node:path';
import { isAlive, type ProcessIdentity } from './life.ts';
import { daemonPid } from './pm2-home.ts';

/** A run and the process that answers for it: its supervisor. */
export interface Participant {
  readonly runId: string;
  readonly supervisor: ProcessIdentity;
}

/**
 * How a daemon of ours is ended. Told to end, it ends its modules as well, but first writes what it
 * lists over what the user has saved (`dump.pm2`): it must list no app by then. Killed, it takes its
 * list along.
 */
export type EndSignal = 'SIGTERM' | 'SIGKILL';

export interface Marker {
  /** Null while it is being started: whoever finds that knows that a daemon is about to be ours. */
  readonly daemon: ProcessIdentity | null;
  readonly runs: readonly Participant[];
  /** The last run out has ended it so, or was about to: nobody may join it any more. */
  readonly ending?: EndSignal;
}

export const markerFile = (home: string): string => path.join(home, 'tally-daemon.json');

/** The marker, if the daemon that it speaks of is the one that lives here now, or will. */
export function readMarker(home: string): Marker | undefined {
  try {
    const marker = JSON.parse(fs.readFileSync(markerFile(home), 'utf8')) as Marker;
    const { daemon } = marker;
    const current = daemon === null || (daemon.pid === daemonPid(home) && isAlive(daemon));
    return current ? marker : undefined;
  } catch {
    // Missing, or damaged by somebody: then nobody may end the daemon.
    return undefined;
  }
}

export function writeMarker(home: string, marker: Marker): void {
  const draft = `${markerFile(home)}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(marker));
  fs.renameSync(draft, markerFile(home));
}

export const removeMarker = (home: string): void => fs.rmSync(markerFile(home), { force: true });

/** The runs of a marker that still go on, but this one. */
export const othersAlive = (marker: Marker, runId: string): readonly Participant[] =>
  marker.runs.filter((run) => run.runId !== runId && isAlive(run.supervisor));
