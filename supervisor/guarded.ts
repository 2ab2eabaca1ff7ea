import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { guardVariable, runVariable } from './run-id.ts';

/** What a guard is there for; an empty folder's name means that it is gone already. */
export interface Guarded {
  readonly runId: string;
  readonly socketFolder: string;
  /** pm2's home during the run; undefined if pm2 does not run its processes. */
  readonly home: string | undefined;
}

/** Starts the guard of a run; `dismiss` tells it that the run has cleaned up after itself. */
export function startGuard(
  guardScript: string,
  guarded: Guarded,
): { readonly dismiss: () => void } {
  const child = spawnGuard(guardScript, guarded);
  child.unref();
  return { dismiss: () => child.stdin.end('done\n') };
}

/** Ends what a dead run left, as its guard would have, had it not been killed as well. */
export async function endDeadRun(guardScript: string, guarded: Guarded): Promise<void> {
  const child = spawnGuard(guardScript, guarded);
  child.stdin.end();
  await once(child, 'close');
}

function spawnGuard(guardScript: string, { runId, socketFolder, home }: Guarded): GuardProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [guardScript, runId, socketFolder], {
    // Its own session: signals to the supervisor's terminal or group do not reach it.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH, HOME, TMPDIR, PM2_HOME: home, [runVariable]: runId, [guardVariable]: '1' },
  });
  child.on('error', () => {
    // Without a guard the run still works; only a SIGKILL of the supervisor leaves more behind.
  });
  // A guard that was killed closes its end; writing then fails, and nobody minds.
  child.stdin.on('error', () => {});
  return child;
}

type GuardProcess = ChildProcessByStdio<Writable, null, null>;
