/** Everything around the processes of a run: folders, sockets, lifeline, guard; and its end. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Scenario } from '../bank/scenario.ts';
import { runFiles } from '../bank/topology.ts';
import type { Causes } from './cause.ts';
import { fileTrouble } from './file-trouble.ts';
import { startGuard } from './guarded.ts';
import { Lifeline } from './lifeline.ts';
import type { OutputFailure } from './output-file.ts';
import { type Owner, ownerFile, self } from './owner.ts';
import { makePlan, makeTopology, type Place, type Plan, type Programs } from './plan.ts';
import { pm2Home } from './pm2.ts';
import { createRunFolder, createSocketFolder, pointLatest, writeOrders } from './run-folder.ts';
import { RunHistory } from './run-history.ts';
import { newRunId, runSuffix } from './run-id.ts';

export interface StageOrder {
  readonly scenario: Scenario;
  readonly runs: string;
  readonly programs: Programs;
  readonly guardScript: string;
  /** Undefined: Unix sockets. A port of 0 in `firstPort` takes free ones. */
  readonly tcp: { readonly firstPort: number } | undefined;
  readonly paceMs: number;
}

export interface Stage {
  readonly plan: Plan;
  readonly history: RunHistory;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  /** Removes what stands outside the run's folder, and lets the guard go. */
  readonly close: () => void;
}

export type StageFailure = OutputFailure | { readonly reason: 'ports'; readonly message: string };

export async function setStage(order: StageOrder, causes: Causes): Promise<Stage | StageFailure> {
  const ports = await choosePorts(order);
  if (ports !== undefined && 'reason' in ports) return ports;
  const runId = newRunId(new Date());
  try {
    const folder = createRunFolder(order.runs, runId);
    return await setUp(order, { runId, folder, ports }, causes);
  } catch (error) {
    const what = `the run's folder ${path.join(order.runs, runId)} or its private one in ${os.tmpdir()}`;
    const trouble = fileTrouble(error, what);
    if (trouble === undefined) throw error;
    return { ...trouble, message: `${trouble.message}; name other places with --runs and TMPDIR` };
  }
}

type Site = Pick<Place, 'runId' | 'folder' | 'ports'>;

/** What stands outside the run's folder and has to go again. */
interface Outside {
  readonly socketFolder: string;
  readonly close: () => void;
}

async function setUp(order: StageOrder, site: Site, causes: Causes): Promise<Stage> {
  const outside = openOutside(order, site.runId);
  try {
    return await furnish(order, site, outside, causes);
  } catch (error) {
    outside.close();
    throw error;
  }
}

/** The private folder, and the guard that ends what this process cannot end any more. */
function openOutside({ guardScript }: StageOrder, runId: string): Outside {
  const socketFolder = createSocketFolder(runId);
  const owner: Owner = { runId, supervisor: self(), home: pm2Home() };
  fs.writeFileSync(path.join(socketFolder, ownerFile), JSON.stringify(owner));
  const guard = startGuard(guardScript, runId, socketFolder);
  const close = (): void => {
    fs.rmSync(socketFolder, { recursive: true, force: true });
    guard.dismiss();
  };
  return { socketFolder, close };
}

async function furnish(
  { scenario, runs, programs, paceMs }: StageOrder,
  site: Site,
  outside: Outside,
  causes: Causes,
): Promise<Stage> {
  const { socketFolder } = outside;
  const plan = makePlan(scenario, { ...site, socketFolder, programs });
  const token = site.ports === undefined ? undefined : randomBytes(32).toString('base64url');
  const tokenFile = token === undefined ? undefined : path.join(socketFolder, 'token');
  if (token !== undefined && tokenFile !== undefined) {
    fs.writeFileSync(tokenFile, token, { mode: 0o600 });
  }
  const lifelinePath = path.join(socketFolder, 'supervisor.sock');
  writeOrders(
    plan,
    scenario,
    makeTopology(plan, scenario, { paceMs, tokenFile, lifeline: lifelinePath }),
  );
  const history = new RunHistory(path.join(site.folder, runFiles.history), causes);
  pointLatest(runs, site.runId);
  const lifeline = await Lifeline.open(lifelinePath);
  const close = (): void => {
    lifeline.close();
    outside.close();
  };
  return { plan, history, token, tokenFile, close };
}

/** For `--dry-run`: the plan that a run would have, with nothing on disk. */
export async function sketchPlan(order: StageOrder): Promise<Plan | StageFailure> {
  const ports = await choosePorts(order);
  if (ports !== undefined && 'reason' in ports) return ports;
  const runId = newRunId(new Date());
  const folder = path.join(order.runs, runId);
  const socketFolder = `/tmp/tally-${runSuffix(runId)}-XXXXXX`;
  return makePlan(order.scenario, {
    runId,
    folder,
    socketFolder,
    programs: order.programs,
    ports,
  });
}

const lastPort = 65_535;

async function choosePorts({
  tcp,
  scenario,
}: StageOrder): Promise<number[] | StageFailure | undefined> {
  if (tcp === undefined) return undefined;
  const { branches } = scenario;
  if (tcp.firstPort + branches.length - 1 > lastPort) {
    return {
      reason: 'ports',
      message: `--tcp ${tcp.firstPort} leaves no ports for ${branches.length} branches: the last port is ${lastPort}; name ${lastPort + 1 - branches.length} or less, or none`,
    };
  }
  if (tcp.firstPort > 0) return branches.map((_, position) => tcp.firstPort + position);
  // All at once, so that no port is given twice.
  const servers = await Promise.all(branches.map(listenAnywhere));
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function listenAnywhere(): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
