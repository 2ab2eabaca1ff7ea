/** Ends what a run left when its supervisor could not: for the guard and for `tally clean`. */
import fs from 'node:fs';
import { limits } from '../bank/limits.ts';
import { leaveDaemon, reachDaemon } from './daemon.ts';
import { awaitEnd, findByEnvironment, signal } from './life.ts';
import { pm2Home } from './pm2.ts';
import { guardVariable, runVariable } from './run-id.ts';

export interface Remains {
  readonly runId: string;
  /** Empty if it is gone already. */
  readonly socketFolder: string;
}

/** Answers how many processes had to be ended here. */
export async function endRun({ runId, socketFolder }: Remains): Promise<number> {
  const home = pm2Home();
  const before = findByEnvironment(`${runVariable}=${runId}`, guardVariable).length;
  const pm2 = await reachDaemon(home, runId);
  if (pm2 !== undefined) {
    // First the apps, then the daemon: a daemon that ends with apps in it overwrites the user's
    // saved list of apps.
    await pm2.delete(runId, before).catch(() => {});
    await leaveDaemon(home, pm2, runId);
  }
  const stragglers = findByEnvironment(`${runVariable}=${runId}`, guardVariable);
  for (const identity of stragglers) signal(identity, 'SIGKILL');
  await awaitEnd(stragglers, limits.stopMs);
  if (socketFolder !== '') fs.rmSync(socketFolder, { recursive: true, force: true });
  return before;
}
