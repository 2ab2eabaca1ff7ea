/** Whose pm2 daemon it is: a daemon that runs of Tally started is ended by the last of them. */
import fs from 'node:fs';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import {
  type EndSignal,
  type Marker,
  markerFile,
  othersAlive,
  type Participant,
  readMarker,
  removeMarker,
  writeMarker,
} from './daemon-marker.ts';
import { answers, isDeserted } from './daemon-socket.ts';
import type { EngineFailure } from './engine.ts';
import {
  awaitEnd,
  commandLine,
  findByEnvironment,
  identify,
  isAlive,
  signal,
  type ProcessIdentity,
} from './life.ts';
import { acquireLock } from './lock.ts';
import { Pm2, Pm2Error } from './pm2.ts';
import type { ListedApp } from './pm2-api.ts';
import { checkHome, daemonFiles, daemonPid } from './pm2-home.ts';
import { removeApps } from './remove-apps.ts';
import { isRunId } from './run-id.ts';

/**
 * Connects this run to the daemon of `home`, and starts one if there is none. Undefined if the run
 * was halted while it waited for its turn.
 */
export async function joinDaemon(
  home: string,
  participant: Participant,
  halt: AbortSignal,
): Promise<Pm2 | EngineFailure | undefined> {
  const unusable = checkHome(home);
  if (unusable !== undefined) return unusable;
  const lock = await acquireLock(home, limits.lockMs, halt);
  if (lock !== undefined) return locked(home, lock, () => joinUnderLock(home, participant));
  return halt.aborted ? undefined : lockTaken(home);
}

async function joinUnderLock(home: string, participant: Participant): Promise<Pm2> {
  const pm2 = Pm2.load(home);
  const marker = await settledMarker(home);
  const alone: Marker = { daemon: null, runs: [participant] };
  const isThere = await answers(home);
  const before = marker !== undefined || isThere;
  if (marker !== undefined) {
    const others = othersAlive(marker, participant.runId);
    writeMarker(home, { ...marker, runs: [...others, participant] });
  } else if (!before) writeMarker(home, alone);
  try {
    const born = await pm2.connect(isThere);
    const daemon = daemonIn(home);
    if (daemon === undefined) throw new Pm2Error('its daemon died', false);
    if (born) writeMarker(home, { ...alone, daemon });
    // Its owner started it between our look and our connection.
    else if (marker === undefined) removeMarker(home);
    return pm2;
  } catch (error) {
    if (!before) await endUnbornDaemon(home);
    throw error;
  }
}

/** Connects to the daemon of `home` on behalf of dead runs, if there is one. */
export async function reachDaemon(home: string): Promise<Pm2 | undefined> {
  if (checkHome(home) !== undefined) return undefined;
  const lock = await acquireLock(home, limits.lockMs);
  if (lock === undefined) return undefined;
  const reached = await locked(home, lock, async () => {
    await settledMarker(home);
    if (!(await answers(home))) return undefined;
    const pm2 = Pm2.load(home);
    const born = await pm2.connect(true);
    const daemon = daemonIn(home);
    // A newborn daemon dies if its run is killed before it could say that it is up. pm2 then starts
    // another for us, and that one is ours to end.
    if (born && daemon !== undefined) writeMarker(home, { daemon, runs: [] });
    pm2.watch(() => daemon !== undefined && isAlive(daemon));
    return pm2;
  });
  return reached instanceof Pm2 ? reached : undefined;
}

/**
 * Lets go of the daemon. The last run out ends a daemon that a run started, unless somebody else's
 * app lives in it by now: then it is theirs.
 */
export async function leaveDaemon(
  home: string,
  pm2: Pm2,
  runId: string,
): Promise<EngineFailure | undefined> {
  const lock = await acquireLock(home, limits.lockMs);
  if (lock === undefined) return lockTaken(home);
  return locked(home, lock, async () => {
    const marker = readMarker(home);
    const listed = await pm2.list();
    const hasModules = !listed.every(isApp);
    // Modules end with a daemon that is told to end, which must list no app by then.
    if (hasModules) await removeApps(pm2, runId, 1);
    const apps = hasModules ? (await pm2.list()).filter(isApp) : listed;
    // What could not be removed stands in the way like somebody else's app.
    const others = apps.filter((app) => hasModules || app.pm2_env.namespace !== runId);
    const runs = marker === undefined ? [] : othersAlive(marker, runId);
    const isLast = runs.length === 0 && others.length === 0;
    const ending = isLast ? marker?.daemon : undefined;
    if (!ending && others.length < apps.length) await removeApps(pm2, runId, 1);
    await pm2.disconnect();
    if (marker === undefined) await forgetUnderLock(home);
    else if (others.some(isForeign)) removeMarker(home);
    else if (ending) await endDaemon(home, ending, hasModules ? 'SIGTERM' : 'SIGKILL');
    else if (!isLast) writeMarker(home, { ...marker, runs });
    return undefined;
  });
}

/** Whether a run of Tally started the daemon, so that the last of them ends it. */
export const isOurs = (home: string): boolean => readMarker(home) !== undefined;

/** Undefined if the daemon is ours and holds nothing but this run; else what stands against it. */
export async function whyNotAlone(
  home: string,
  pm2: Pm2,
  runId: string,
): Promise<string | undefined> {
  const marker = readMarker(home);
  if (marker === undefined) return 'no run of Tally started it';
  const [other] = othersAlive(marker, runId);
  if (other !== undefined) return `run ${other.runId} uses it too`;
  const stranger = (await pm2.list()).find((app) => app.pm2_env.namespace !== runId);
  return stranger === undefined ? undefined : `it holds the app ${stranger.name} too`;
}

/** After a daemon of ours was killed: removes what it left, so that the next one can start. */
export async function forgetDeadDaemon(home: string): Promise<void> {
  const lock = await acquireLock(home, limits.lockMs);
  if (lock === undefined) return;
  await forgetUnderLock(home);
  lock.release();
}

/** A marker that says nothing is that of a daemon that is dead. */
async function forgetUnderLock(home: string): Promise<void> {
  if (!fs.existsSync(markerFile(home)) || readMarker(home) !== undefined) return;
  await forgetDaemon(home);
}

/**
 * The marker, once it is known what becomes of a daemon that a dead run had begun to start, or to
 * end. Whoever holds the lock and finds such a beginning knows that its run is dead, or it would
 * hold the lock.
 */
async function settledMarker(home: string): Promise<Marker | undefined> {
  const marker = readMarker(home);
  if (marker?.ending && marker.daemon) {
    await endDaemon(home, marker.daemon, marker.ending);
    return undefined;
  }
  if (marker === undefined || marker.daemon !== null) return marker;
  const daemon = await awaitBirth(home);
  if (daemon === undefined) {
    await forgetDaemon(home);
    return undefined;
  }
  const settled = { ...marker, daemon };
  writeMarker(home, settled);
  return settled;
}

/** The process id comes before the sockets, and only a daemon that answers can be joined. */
async function awaitBirth(home: string): Promise<ProcessIdentity | undefined> {
  const from = performance.now();
  while (performance.now() < from + limits.daemonBirthMs) {
    if (await answers(home)) return daemonIn(home);
    const isNamed = performance.now() > from + limits.daemonNameMs;
    if (isNamed && !mayBeBorn(home)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}

/** A daemon on its way is a process of this home, which soon calls itself one. */
const mayBeBorn = (home: string): boolean =>
  process.platform !== 'linux' ||
  findByEnvironment(`PM2_HOME=${home}`).some(({ pid }) => commandLine(pid).includes('Daemon'));

async function endUnbornDaemon(home: string): Promise<void> {
  const marker = await settledMarker(home);
  if (marker?.daemon) await endDaemon(home, marker.daemon, 'SIGTERM');
}

/** The daemon that lives in this home, if there is one. */
export const daemonIn = (home: string): ProcessIdentity | undefined =>
  identify(daemonPid(home) ?? 0);

/** Runs `work`, which no other run of Tally disturbs, and releases the lock. */
async function locked<Value>(
  home: string,
  lock: { readonly release: () => void },
  work: () => Promise<Value>,
): Promise<Value | EngineFailure> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Pm2Error)) throw error;
    return {
      reason: error.late ? 'engine-slow' : 'engine-unreachable',
      message: `the pm2 daemon in ${home} cannot be used: ${error.message}; its log is ${path.join(home, 'pm2.log')}`,
    };
  } finally {
    lock.release();
  }
}

const lockTaken = (home: string): EngineFailure => ({
  reason: 'engine-locked',
  message: `another run held the lock of the pm2 daemon in ${home} for ${limits.lockMs} ms; end it, or set PM2_HOME to another folder`,
});

async function endDaemon(home: string, daemon: ProcessIdentity, ending: EndSignal): Promise<void> {
  writeMarker(home, { daemon, runs: [], ending });
  signal(daemon, ending);
  const left = await awaitEnd([daemon], limits.stopMs);
  for (const identity of left) signal(identity, 'SIGKILL');
  await awaitEnd(left, limits.stopMs);
  await forgetDaemon(home);
}

/** Removes what a dead daemon left, unless somebody has started another since; its note last. */
async function forgetDaemon(home: string): Promise<void> {
  if ((await isDeserted(home)) && daemonIn(home) === undefined) {
    for (const file of Object.values(daemonFiles(home))) fs.rmSync(file, { force: true });
  }
  removeMarker(home);
}

const isApp = (app: ListedApp): boolean => app.pm2_env.pmx_module !== true;

const isForeign = (app: ListedApp): boolean => !isRunId(app.pm2_env.namespace ?? '');
