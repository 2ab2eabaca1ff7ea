/** Finds runs whose supervisor is dead and that left something, wherever their folders are. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reachDaemon, leaveDaemon } from './daemon.ts';
import { environmentValues, isAlive } from './life.ts';
import { type Owner, ownerFile } from './owner.ts';
import { pm2Home } from './pm2.ts';
import { endRun } from './remains.ts';
import { isRunId, runVariable } from './run-id.ts';

export interface Cleaned {
  readonly runId: string;
  /** How many processes of the run still lived. */
  readonly processes: number;
}

/** Ends what dead runs left; runs that go on are left alone. */
export async function cleanDeadRuns(): Promise<Cleaned[]> {
  const owners = findOwners();
  const living = new Set(owners.filter(({ supervisor }) => isAlive(supervisor)).map(runIdOf));
  const folders = new Map(owners.map(({ runId, folder }) => [runId, folder]));
  const found = [...folders.keys(), ...environmentValues(runVariable), ...(await runsInPm2())];
  const dead = [...new Set(found)].filter((runId) => isRunId(runId) && !living.has(runId));
  const cleaned: Cleaned[] = [];
  for (const runId of dead) {
    const processes = await endRun({ runId, socketFolder: folders.get(runId) ?? '' });
    cleaned.push({ runId, processes });
  }
  await leaveEmptyDaemon();
  return cleaned;
}

interface FoundOwner extends Owner {
  readonly folder: string;
}

const runIdOf = ({ runId }: Owner): string => runId;

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
  const pm2 = await reachDaemon(home, '');
  if (pm2 === undefined) return [];
  const apps = await pm2.list();
  await pm2.disconnect();
  return apps.map((app) => app.pm2_env.namespace ?? '');
}

/** A daemon that a run started and whose last run and guard were both killed. */
async function leaveEmptyDaemon(): Promise<void> {
  const pm2 = await reachDaemon(pm2Home(), '');
  if (pm2 !== undefined) await leaveDaemon(pm2Home(), pm2, '');
}
