/** Everything around the processes of a run: folders, sockets, lifeline, guard; and its end. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Scenario } from '../bank/scenario.ts';
import { runFiles } from '../bank/topology.ts';
import { HistoryWriter } from '../process/history.ts';
import { type Owner, ownerFile, self } from './owner.ts';
import { startGuard } from './guarded.ts';
import { Lifeline } from './lifeline.ts';
import type { OutputFailure } from './output-file.ts';
import { makePlan, makeTopology, type Plan, type Programs } from './plan.ts';
import { createRunFolder, createSocketFolder, pointLatest, writeOrders } from './run-folder.ts';
import { newRunId } from './run-id.ts';

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
  readonly history: HistoryWriter;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  /** Removes what stands outside the run's folder, and lets the guard go. */
  readonly close: () => void;
}

export async function setStage(order: StageOrder): Promise<Stage | OutputFailure> {
  const runId = newRunId(new Date());
  try {
    return await setUp(order, runId, createRunFolder(order.runs, runId));
  } catch (error) {
    return {
      reason: 'output-unwritable',
      message: `the run's folder ${path.join(order.runs, runId)} cannot be written: ${String(error)}; name another place with --runs`,
    };
  }
}

async function setUp(order: StageOrder, runId: string, folder: string): Promise<Stage> {
  const { scenario, runs, programs } = order;
  const socketFolder = createSocketFolder(runId);
  const owner: Owner = { runId, supervisor: self() };
  fs.writeFileSync(path.join(socketFolder, ownerFile), JSON.stringify(owner));
  const ports = await choosePorts(order);
  const plan = makePlan(scenario, { runId, folder, socketFolder, programs, ports });
  const token = ports === undefined ? undefined : randomBytes(32).toString('base64url');
  const tokenFile = token === undefined ? undefined : path.join(socketFolder, 'token');
  if (token !== undefined && tokenFile !== undefined) {
    fs.writeFileSync(tokenFile, token, { mode: 0o600 });
  }
  const lifelinePath = path.join(socketFolder, 'supervisor.sock');
  const conduct = { paceMs: order.paceMs, tokenFile, lifeline: lifelinePath };
  writeOrders(plan, scenario, makeTopology(plan, scenario, conduct));
  const guard = startGuard(order.guardScript, runId, socketFolder);
  const lifeline = await Lifeline.open(lifelinePath);
  pointLatest(runs, runId);
  const file = path.join(folder, runFiles.history);
  const history = new HistoryWriter({ file, process: 'supervisor', life: 0 });
  const close = (): void => {
    lifeline.close();
    fs.rmSync(socketFolder, { recursive: true, force: true });
    guard.dismiss();
  };
  return { plan, history, token, tokenFile, close };
}

/** For `--dry-run`: the plan that a run would have, with nothing on disk. */
export async function sketchPlan(order: StageOrder): Promise<Plan> {
  const runId = newRunId(new Date());
  const folder = path.join(order.runs, runId);
  const socketFolder = `/tmp/tally-${runId.slice(-4)}-XXXXXX`;
  const ports = await choosePorts(order);
  return makePlan(order.scenario, {
    runId,
    folder,
    socketFolder,
    programs: order.programs,
    ports,
  });
}

async function choosePorts({ tcp, scenario }: StageOrder): Promise<number[] | undefined> {
  if (tcp === undefined) return undefined;
  const { branches } = scenario;
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
