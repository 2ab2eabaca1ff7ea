import { spawn } from 'node:child_process';
import { guardVariable, runVariable } from './run-id.ts';

/** Starts the guard of a run; `dismiss` tells it that the run has cleaned up after itself. */
export function startGuard(
  guardScript: string,
  runId: string,
  socketFolder: string,
): { readonly dismiss: () => void } {
  const { PATH, HOME, PM2_HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [guardScript, runId, socketFolder], {
    // Its own session: signals to the supervisor's terminal or group do not reach it.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH, HOME, PM2_HOME, TMPDIR, [runVariable]: runId, [guardVariable]: '1' },
  });
  child.on('error', () => {
    // Without a guard the run still works; only a SIGKILL of the supervisor leaves more behind.
  });
  // A guard that was killed closes its end; writing then fails, and nobody minds.
  child.stdin.on('error', () => {});
  child.unref();
  return { dismiss: () => child.stdin.end('done\n') };
}
