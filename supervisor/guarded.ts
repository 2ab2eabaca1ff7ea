import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { pm2Home } from './pm2.ts';
import { guardVariable, runVariable } from './run-id.ts';

/** What a guard is there for; an empty folder's name means that it is gone already. */
export interface Guarded {
  readonly runId: string;
  readonly socketFolder: string;
  /** pm2's home during the run. */
  readonly home: string;
}

/** Starts the guard of a run; `dismiss` tells it that the run has cleaned up after itself. */
export function startGuard(
  guardScript: string,
  runId: string,
  socketFolder: string,
): { readonly dismiss: () => void } {
  const child = spawnGuard(guardScript, { runId, socketFolder, home: pm2Home() }, 'pipe');
  // A guard that was killed closes its end; writing then fails, and nobody minds.
  child.stdin?.on('error', () => {});
  child.unref();
  return { dismiss: () => child.stdin?.end('done\n') };
}

/** Ends what a dead run left, as its guard would have, had it not been killed as well. */
export async function endDeadRun(guardScript: string, guarded: Guarded): Promise<void> {
  await once(spawnGuard(guardScript, guarded, 'ignore'), 'close');
}

function spawnGuard(
  guardScript: string,
  { runId, socketFolder, home }: Guarded,
  input: 'pipe' | 'ignore',
): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const stdio: StdioOptions = [input, 'ignore', 'ignore'];
  const child = spawn(process.execPath, [guardScript, runId, socketFolder], {
    // Its own session: signals to the supervisor's terminal or group do not reach it.
    detached: true,
    cwd: '/',
    stdio,
    env: { PATH, HOME, TMPDIR, PM2_HOME: home, [runVariable]: runId, [guardVariable]: '1' },
  });
  child.on('error', () => {
    // Without a guard the run still works; only a SIGKILL of the supervisor leaves more behind.
  });
  return child;
}
