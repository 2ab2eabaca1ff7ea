/** Finds runs whose supervisor is dead and that left something, wherever their folders are. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reachDaemon, leaveDaemon } from './daemon.ts';
import { endDeadRun } from './guarded.ts';
import { environmentValues, findByEnvironment, isAlive, type ProcessIdentity } from './life.ts';
import { type Owner, ownerFile } from './owner.ts';
import { pm2Home } from './pm2-home.ts';
import { guardVariable, isRunId, runVariable } from './run-id.ts';

export interface Cleaned {
  readonly runId: string;
  /** How many processes of the run still lived. */
  readonly processes: number;
}

/** Ends what dead runs left; runs that go on are left alone. */
export async function cleanDeadRuns(guardScript: string): Promise<Cleaned[]> {
  const owners = new Map(findOwners().map((owner) => [owner.runId, owner]));
  const found = [...owners.keys(), ...environmentValues(runVariable), ...(await runsInPm2())];
  const dead = [...new Set(found)].filter(
    (runId) => isRunId(runId) && !goesOn(runId, owners.get(runId)),
  );
  const cleaned: Cleaned[] = [];
  for (const runId of dead) {
    const owner = owners.get(runId) ?? { home: pm2Home(), folder: '' };
    cleaned.push({ runId, processes: processesOf(runId).length });
    await endDeadRun(guardScript, { runId, home: owner.home, socketFolder: owner.folder });
  }
  await leaveEmptyDaemon();
  return cleaned;
}

/** A run whose private folder is elsewhere still has its guard, which cleans up after it. */
function goesOn(runId: string, owner: FoundOwner | undefined): boolean {
  if (owner !== undefined) return isAlive(owner.supervisor);
  return findByEnvironment(`${runVariable}=${runId}`).length > processesOf(runId).length;
}

const processesOf = (runId: string): readonly ProcessIdentity[] =>
  findByEnvironment(`${runVariable}=${runId}`, guardVariable);

interface FoundOwner extends Owner {
  readonly folder: string;
}

/** The private folders of this user's runs. */
function findOwners(): FoundOwner[] {
  const bases = [...new Set([os.tmpdir(), '/tmp'])];
  return bases.flatMap((base) =>
    fs
      .readdirSync(base)
      .filter((name) => name.startsWith('tally-'))
      .flatMap((name) => readOwner(path.join(base, name))),
  );
}

function readOwner(folder: string): FoundOwner[] {
  try {
    // Anybody may put a folder into /tmp; only one of this user's is believed.
    if (fs.statSync(folder).uid !== process.getuid?.()) return [];
    const owner = JSON.parse(fs.readFileSync(path.join(folder, ownerFile), 'utf8')) as Owner;
    return [{ ...owner, folder }];
  } catch {
    return [];
  }
}

async function runsInPm2(): Promise<string[]> {
  const home = pm2Home();
  const pm2 = await reachDaemon(home);
  if (pm2 === undefined) return [];
  const apps = await pm2.list();
  await pm2.disconnect();
  return apps.map((app) => app.pm2_env.namespace ?? '');
}

/** A daemon that a run started and whose last run and guard were both killed. */
async function leaveEmptyDaemon(): Promise<void> {
  const pm2 = await reachDaemon(pm2Home());
  if (pm2 !== undefined) await leaveDaemon(pm2Home(), pm2, '');
}
