/** Ends what a run left when its supervisor could not. */
import fs from 'node:fs';
import { limits } from '../bank/limits.ts';
import { forgetDeadDaemon, leaveDaemon, reachDaemon } from './daemon.ts';
import type { Guarded } from './guarded.ts';
import { awaitEnd, findByEnvironment, type ProcessIdentity, signal } from './life.ts';
import { type Pm2, Pm2Error } from './pm2.ts';
import { removeApps } from './remove-apps.ts';
import { guardVariable, runVariable } from './run-id.ts';

export async function endRun({ runId, home, socketFolder }: Guarded): Promise<void> {
  // An agent of a node that is this machine ends its processes itself, and removes their folder.
  if (home === undefined) await awaitEnd(processesOf(runId), limits.stopMs);
  // They end by themselves without a supervisor, unless they are stopped or stuck.
  killProcesses(runId);
  if (home !== undefined) await leavePm2(home, runId);
  await awaitEnd(killProcesses(runId), limits.stopMs);
  if (socketFolder !== '') fs.rmSync(socketFolder, { recursive: true, force: true });
}

async function leavePm2(home: string, runId: string): Promise<void> {
  const pm2 = await reachDaemon(home);
  if (pm2 !== undefined) {
    // First the apps, then the daemon: a daemon that ends with apps in it overwrites the user's
    // saved list of apps.
    await removeAll(pm2, runId);
    await leaveDaemon(home, pm2, runId);
  }
  await forgetDeadDaemon(home);
}

const processesOf = (runId: string): ProcessIdentity[] =>
  findByEnvironment(`${runVariable}=${runId}`, guardVariable);

function killProcesses(runId: string): ProcessIdentity[] {
  const found = processesOf(runId);
  for (const identity of found) signal(identity, 'SIGKILL');
  return found;
}

/** A daemon that does not do as told cannot be helped here; the processes are killed anyway. */
async function removeAll(pm2: Pm2, runId: string): Promise<void> {
  try {
    // Starts that the dead supervisor had asked for may still come.
    await removeApps(pm2, runId, 3);
  } catch (error) {
    if (!(error instanceof Pm2Error)) throw error;
  }
}
