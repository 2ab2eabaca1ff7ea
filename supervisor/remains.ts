/** Ends what a run left when its supervisor could not. */
import fs from 'node:fs';
import { limits } from '../bank/limits.ts';
import { forgetDeadDaemon, leaveDaemon, reachDaemon } from './daemon.ts';
import type { Guarded } from './guarded.ts';
import { awaitEnd, findByEnvironment, type ProcessIdentity, signal } from './life.ts';
import { type Pm2, Pm2Error } from './pm2.ts';
import { guardVariable, runVariable } from './run-id.ts';

/** So often, and this far apart, no app must be seen before all are believed to be gone. */
const looksForApps = 3;
const lookMs = 50;

export async function endRun({ runId, home, socketFolder }: Guarded): Promise<void> {
  // They end by themselves without a supervisor, unless they are stopped or stuck.
  killProcesses(runId);
  const pm2 = await reachDaemon(home);
  if (pm2 === undefined) await forgetDeadDaemon(home);
  else {
    // First the apps, then the daemon: a daemon that ends with apps in it overwrites the user's
    // saved list of apps.
    await removeApps(pm2, runId);
    await leaveDaemon(home, pm2, runId);
  }
  await awaitEnd(killProcesses(runId), limits.stopMs);
  if (socketFolder !== '') fs.rmSync(socketFolder, { recursive: true, force: true });
}

function killProcesses(runId: string): ProcessIdentity[] {
  const found = findByEnvironment(`${runVariable}=${runId}`, guardVariable);
  for (const identity of found) signal(identity, 'SIGKILL');
  return found;
}

/**
 * Starts that the dead supervisor had asked for may still come while the first ones are removed, so
 * none must be seen several times.
 */
async function removeApps(pm2: Pm2, runId: string): Promise<void> {
  const until = performance.now() + limits.stopMs;
  let looks = 0;
  try {
    while (looks < looksForApps && performance.now() < until) {
      const apps = (await pm2.list()).filter((app) => app.pm2_env.namespace === runId);
      if (apps.length > 0) await pm2.delete(runId, apps.length);
      looks = apps.length > 0 ? 0 : looks + 1;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  } catch (error) {
    // A daemon that does not do as told cannot be helped here; the processes are killed anyway.
    if (!(error instanceof Pm2Error)) throw error;
  }
}
