/** Everything around the processes of a run: folders, platform, guard; and its end. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Scenario } from '../bank/scenario.ts';
import { runFiles, type Topology } from '../bank/topology.ts';
import type { Cause, Causes } from './cause.ts';
import { isFailure } from './engine.ts';
import { fileTrouble } from './file-trouble.ts';
import { startGuard } from './guarded.ts';
import { type Owner, self } from './owner.ts';
import { makePlan, makeTopology, type Plan } from './plan.ts';
import type { Ground, Platform, Site } from './platform.ts';
import {
  createRunFolder,
  createSocketFolder,
  nameSocketFolder,
  pointLatest,
  writeOrders,
} from './run-folder.ts';
import { RunHistory } from './run-history.ts';
import { newRunId, runSuffix } from './run-id.ts';

export interface StageOrder {
  readonly scenario: Scenario;
  readonly platform: Platform;
  readonly runs: string;
  readonly guardScript: string;
  readonly paceMs: number;
  /** Told what takes long. */
  readonly phase: (text: string) => void;
}

export interface Stage {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly history: RunHistory;
  readonly ground: Ground;
  /** Removes what stands outside the run's folder, and lets the guard go. */
  readonly close: () => Promise<void>;
}

export async function setStage(order: StageOrder, causes: Causes): Promise<Stage | Cause> {
  const { scenario, platform, runs } = order;
  const refusal = platform.refuse(scenario);
  if (refusal !== undefined) return refusal;
  const runId = newRunId(new Date());
  try {
    const folder = createRunFolder(runs, runId);
    return await setUp(order, { runId, folder, scenario }, causes);
  } catch (error) {
    const what = `the run's folder ${path.join(runs, runId)} or its private one in ${os.tmpdir()}`;
    const trouble = fileTrouble(error, what);
    if (trouble === undefined) throw error;
    return { ...trouble, message: `${trouble.message}; name other places with --runs and TMPDIR` };
  }
}

/** What stands outside the run's folder and has to go again. */
interface Outside {
  readonly socketFolder: string;
  readonly close: () => void;
}

async function setUp(
  order: StageOrder,
  site: Omit<Site, 'socketFolder'>,
  causes: Causes,
): Promise<Stage | Cause> {
  const outside = openOutside(order, site.runId);
  try {
    const { socketFolder } = outside;
    const stage = await furnish(order, { ...site, socketFolder }, causes);
    if (isFailure(stage)) outside.close();
    return isFailure(stage) ? stage : withOutside(stage, outside);
  } catch (error) {
    outside.close();
    throw error;
  }
}

const withOutside = (stage: Stage, outside: Outside): Stage => ({
  ...stage,
  close: async () => {
    await stage.close();
    outside.close();
  },
});

/**
 * The guard, which ends what this process cannot end any more, and the private folder. The guard comes
 * first: if this process is killed in between, nothing is left.
 */
function openOutside({ guardScript, platform: { home } }: StageOrder, runId: string): Outside {
  const socketFolder = nameSocketFolder(runId);
  const owner: Owner = { runId, supervisor: self(), ...(home === undefined ? {} : { home }) };
  const guard = startGuard(guardScript, { runId, socketFolder, home });
  try {
    createSocketFolder(socketFolder, owner);
  } catch (error) {
    // A folder of this name is not the guard's to remove.
    guard.dismiss();
    throw error;
  }
  const close = (): void => {
    fs.rmSync(socketFolder, { recursive: true, force: true });
    guard.dismiss();
  };
  return { socketFolder, close };
}

async function furnish(order: StageOrder, site: Site, causes: Causes): Promise<Stage | Cause> {
  const { platform, phase } = order;
  const ground = await platform.prepare(site, { phase, halt: causes.halt });
  if (ground === undefined) return causes.deciding ?? halted;
  if (isFailure(ground)) return ground;
  try {
    return layOut(order, site, ground, causes);
  } catch (error) {
    await ground.close();
    throw error;
  }
}

const halted: Cause = { reason: 'signal-terminate', message: 'stopped before it began' };

function layOut(order: StageOrder, site: Site, ground: Ground, causes: Causes): Stage {
  const { scenario, paceMs, runs } = order;
  const plan = makePlan(scenario, { ...site, layout: ground.layout });
  const topology = makeTopology(plan, scenario, { paceMs, ...ground.topology });
  writeOrders(plan, scenario, topology);
  const history = new RunHistory(path.join(site.folder, runFiles.history), causes);
  pointLatest(runs, site.runId);
  return { plan, topology, history, ground, close: ground.close };
}

/** For `--dry-run`: the plan that a run would have, with nothing on disk. */
export async function sketchPlan(order: StageOrder): Promise<Plan | Cause> {
  const { scenario, platform, runs } = order;
  const refusal = platform.refuse(scenario);
  if (refusal !== undefined) return refusal;
  const runId = newRunId(new Date());
  const folder = path.join(runs, runId);
  const socketFolder = `/tmp/tally-${runSuffix(runId)}-XXXXXX`;
  const site = { runId, folder, socketFolder, scenario };
  return makePlan(scenario, { ...site, layout: await platform.sketch(site) });
}
