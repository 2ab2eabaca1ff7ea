/** Whose pm2 daemon it is: a daemon that runs of Tally started is ended by the last of them. */
import fs from 'node:fs';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import { type EngineFailure, isFailure } from './engine.ts';
import { awaitEnd, identify, isAlive, signal, type ProcessIdentity } from './life.ts';
import { acquireLock } from './lock.ts';
import { daemonFiles, daemonPid, Pm2, Pm2Error, type ListedApp } from './pm2.ts';
import { isRunId } from './run-id.ts';

/** A run and the process that answers for it: its supervisor. */
export interface Participant {
  readonly runId: string;
  readonly supervisor: ProcessIdentity;
}

/** Stands in pm2's home as long as its daemon is one that Tally started. */
interface Marker {
  /** Null while it is being started: whoever finds that knows that a daemon is about to be ours. */
  readonly daemon: ProcessIdentity | null;
  readonly runs: readonly Participant[];
}

/** The longest path that a Unix socket can have; beyond it pm2's connect hangs without a word. */
const socketPathBytes = process.platform === 'darwin' ? 103 : 107;

/** Connects this run to the daemon of `home`, and starts one if there is none. */
export async function joinDaemon(
  home: string,
  participant: Participant,
): Promise<{ readonly pm2: Pm2; readonly daemon: ProcessIdentity | undefined } | EngineFailure> {
  const unusable = checkHome(home);
  if (unusable !== undefined) return unusable;
  return underLock(home, async () => {
    const pm2 = Pm2.load(home);
    const marker = readMarker(home);
    const runs = [...(marker?.runs ?? []), participant];
    const before = currentDaemon(home);
    if (before === undefined) writeMarker(home, { daemon: null, runs: [participant] });
    else if (marker !== undefined) writeMarker(home, { ...marker, runs });
    const born = await pm2.connect();
    const daemon = currentDaemon(home);
    if (born && daemon !== undefined) writeMarker(home, { daemon, runs: [participant] });
    else if (before === undefined) fs.rmSync(markerFile(home), { force: true });
    return { pm2, daemon };
  });
}

/** Connects to the daemon of `home` on behalf of a dead run; never starts one. */
export async function reachDaemon(home: string, runId: string): Promise<Pm2 | undefined> {
  const reached = await underLock(home, async () => {
    const dying = readMarker(home);
    const ours = dying?.daemon === null && dying.runs.some((run) => run.runId === runId);
    const daemon = ours ? await awaitBirth(home) : currentDaemon(home);
    if (daemon === undefined) return {};
    if (ours) writeMarker(home, { ...dying, daemon });
    const pm2 = Pm2.load(home);
    await pm2.connect();
    return { pm2 };
  });
  return isFailure(reached) ? undefined : reached.pm2;
}

/** The run died while its daemon was being started: it may still be on its way. */
async function awaitBirth(home: string): Promise<ProcessIdentity | undefined> {
  const until = performance.now() + limits.daemonBirthMs;
  let daemon = currentDaemon(home);
  while (daemon === undefined && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    daemon = currentDaemon(home);
  }
  if (daemon === undefined) fs.rmSync(markerFile(home), { force: true });
  return daemon;
}

const currentDaemon = (home: string): ProcessIdentity | undefined => identify(daemonPid(home) ?? 0);

/**
 * Lets go of the daemon. The last run out ends a daemon that a run started, unless somebody else's
 * app lives in it by now: then it is theirs.
 */
export async function leaveDaemon(
  home: string,
  pm2: Pm2,
  runId: string,
): Promise<EngineFailure | undefined> {
  return underLock(home, async () => {
    const marker = readMarker(home);
    const rest = marker === undefined ? [] : othersAlive(marker, runId);
    const apps = marker === undefined ? [] : (await pm2.list()).filter(isApp);
    await pm2.disconnect();
    if (marker === undefined) return undefined;
    if (apps.some(isForeign)) fs.rmSync(markerFile(home), { force: true });
    else if (rest.length > 0 || apps.length > 0) writeMarker(home, { ...marker, runs: rest });
    else if (marker.daemon !== null) await endDaemon(home, marker.daemon);
    return undefined;
  });
}

/**
 * True if ending the daemon hurts nobody else: runs of Tally started it and nothing but this run
 * is in it.
 */
export async function isAlone(home: string, pm2: Pm2, runId: string): Promise<boolean> {
  const marker = readMarker(home);
  if (marker === undefined || othersAlive(marker, runId).length > 0) return false;
  return (await pm2.list()).every((app) => app.pm2_env.namespace === runId);
}

/** After a daemon was killed from outside: removes what it left, so that the next one can start. */
export async function forgetDeadDaemon(home: string): Promise<void> {
  await underLock(home, async () => {
    const file = markerFile(home);
    if (fs.existsSync(file) && readMarker(home) === undefined) {
      fs.rmSync(file, { force: true });
      removeDaemonFiles(home);
    }
    return undefined;
  });
}

/** Runs `work` while no other run of Tally starts, joins or ends the daemon of `home`. */
async function underLock<Value>(
  home: string,
  work: () => Promise<Value>,
): Promise<Value | EngineFailure> {
  const lock = await acquireLock(home, limits.lockMs);
  if (lock === undefined) {
    return {
      reason: 'engine-locked',
      message: `another run held the lock of the pm2 daemon in ${home} for ${limits.lockMs} ms; end it, or set PM2_HOME to another folder`,
    };
  }
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

function checkHome(home: string): EngineFailure | undefined {
  const socket = daemonFiles(home).requests;
  if (Buffer.byteLength(socket) > socketPathBytes) {
    return {
      reason: 'engine-home',
      message: `pm2's home is too long for its sockets: ${socket} has ${Buffer.byteLength(socket)} bytes, ${socketPathBytes} are possible; set PM2_HOME to a shorter folder`,
    };
  }
  try {
    fs.mkdirSync(home, { recursive: true });
    fs.accessSync(home, fs.constants.W_OK);
    return undefined;
  } catch (error) {
    return {
      reason: 'engine-home',
      message: `pm2's home ${home} cannot be written (${String(error)}); set PM2_HOME to a folder of yours`,
    };
  }
}

async function endDaemon(home: string, daemon: ProcessIdentity): Promise<void> {
  signal(daemon, 'SIGTERM');
  const left = await awaitEnd([daemon], limits.stopMs);
  for (const identity of left) signal(identity, 'SIGKILL');
  await awaitEnd(left, limits.stopMs);
  fs.rmSync(markerFile(home), { force: true });
  removeDaemonFiles(home);
}

function removeDaemonFiles(home: string): void {
  for (const file of Object.values(daemonFiles(home))) fs.rmSync(file, { force: true });
}

const markerFile = (home: string): string => path.join(home, 'tally-daemon.json');

/** The marker, if the daemon that it speaks of is the one that lives here now, or will. */
function readMarker(home: string): Marker | undefined {
  try {
    const marker = JSON.parse(fs.readFileSync(markerFile(home), 'utf8')) as Marker;
    const { daemon } = marker;
    const current = daemon === null || (daemon.pid === daemonPid(home) && isAlive(daemon));
    return current ? marker : undefined;
  } catch {
    // Missing, or torn by a crash: then nobody may end the daemon.
    return undefined;
  }
}

function writeMarker(home: string, marker: Marker): void {
  const draft = `${markerFile(home)}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(marker));
  fs.renameSync(draft, markerFile(home));
}

const othersAlive = (marker: Marker, runId: string): Participant[] =>
  marker.runs.filter((run) => run.runId !== runId && isAlive(run.supervisor));

const isApp = (app: ListedApp): boolean => app.pm2_env.pmx_module !== true;

const isForeign = (app: ListedApp): boolean => !isRunId(app.pm2_env.namespace ?? '');
