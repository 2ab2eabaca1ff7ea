/** `runs/<id>/`: everything that a run leaves, and the private folder for its sockets. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Scenario } from '../bank/scenario.ts';
import { runFiles, type Topology, type VisitOrder } from '../bank/topology.ts';
import { makeFolder } from './make-folder.ts';
import { type Owner, ownerFile } from './owner.ts';
import type { Plan } from './plan.ts';
import { isRunId, runSuffix } from './run-id.ts';

/** Longest private folder that leaves room for "/branch-9007199254740991.sock". */
const folderBytes = 74;

/** Creates the run's folder with its own folders in it. Throws what the file system says. */
export function createRunFolder(runs: string, runId: string): string {
  const folder = path.join(runs, runId);
  makeFolder(runs);
  // Not recursive: a folder of this name that exists belongs to another run.
  fs.mkdirSync(folder);
  for (const name of ['visits', 'ledgers', 'logs']) fs.mkdirSync(path.join(folder, name));
  return folder;
}

/** The name of a short folder that nobody can guess, so it can be told before it is made. */
export function nameSocketFolder(runId: string): string {
  const temporary = os.tmpdir();
  const base = Buffer.byteLength(temporary) + 24 <= folderBytes ? temporary : '/tmp';
  return path.join(base, `tally-${runSuffix(runId)}-${randomBytes(6).toString('base64url')}`);
}

/** Makes the folder, which only this user can enter. One that is there already is somebody else's. */
export function createSocketFolder(folder: string, owner: Owner): void {
  fs.mkdirSync(folder, { mode: 0o700 });
  try {
    fs.writeFileSync(path.join(folder, ownerFile), JSON.stringify(owner));
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What the children read: the topology, and for each visit what to do. */
export function writeOrders(plan: Plan, scenario: Scenario, topology: Topology): void {
  const file = path.join(plan.folder, runFiles.topology);
  fs.writeFileSync(file, `${JSON.stringify(topology, null, 2)}\n`);
  for (const { entry, customer, events } of scenario.visits) {
    const order: VisitOrder = { entry, customer, events };
    fs.writeFileSync(path.join(plan.folder, runFiles.visitOrder(entry)), JSON.stringify(order));
  }
}

/** Points `runs/latest` at this run; of runs that start together the last one wins. */
export function pointLatest(runs: string, runId: string): void {
  const link = path.join(runs, 'latest');
  const draft = path.join(runs, `.latest-${runId}`);
  fs.symlinkSync(runId, draft);
  fs.renameSync(draft, link);
}

/** Replaces a JSON file in one step, so that nobody ever reads half of it. */
export function writeJson(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.draft`;
  fs.writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`);
  fs.renameSync(draft, file);
}

/** The ids of all runs in a folder, oldest first. */
export function listRuns(runs: string): string[] {
  try {
    return fs.readdirSync(runs).filter(isRunId).toSorted();
  } catch {
    // No folder: no run.
    return [];
  }
}
