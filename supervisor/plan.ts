/** From a scenario to everything a run will use: values only, nothing is started or written. */
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import {
  type BranchAddress,
  branchProcess,
  runFiles,
  type Topology,
  visitProcess,
} from '../bank/topology.ts';
import { runSuffix } from './run-id.ts';

/** What `ecosystem.template.js` is given. All paths are absolute. */
export interface Plan {
  readonly runId: string;
  /** Everything the run leaves. */
  readonly folder: string;
  /** Private folder for sockets; gone after the run. */
  readonly socketFolder: string;
  /** The Node.js program, and the script of each kind of child. */
  readonly node: string;
  readonly programs: Programs;
  /** First argument of every child. */
  readonly topologyFile: string;
  /** Grace between SIGINT and SIGKILL. */
  readonly killTimeoutMs: number;
  readonly branches: readonly PlannedBranch[];
  readonly visits: readonly PlannedVisit[];
}

export interface Programs {
  readonly branch: string;
  readonly customer: string;
}

/** A process of the run and the app that it is known by in the engine. */
interface Planned {
  /** Name in the history: "branch-2", "visit-7". */
  readonly process: string;
  /** Name in the engine: "branch-2.k3f9", distinct within 15 letters. */
  readonly app: string;
  readonly standardOutput: string;
  readonly standardError: string;
}

export interface PlannedBranch extends Planned {
  readonly id: number;
  readonly target: string;
  readonly balance: number;
}

export interface PlannedVisit extends Planned {
  readonly entry: number;
  readonly customer: number;
  readonly events: number;
}

/** Where a run takes place. */
export interface Place {
  readonly runId: string;
  readonly folder: string;
  readonly socketFolder: string;
  readonly programs: Programs;
  /** One port for each branch, in their order; undefined: Unix sockets. */
  readonly ports: readonly number[] | undefined;
}

export function makePlan(scenario: Scenario, place: Place): Plan {
  return {
    runId: place.runId,
    folder: place.folder,
    socketFolder: place.socketFolder,
    node: process.execPath,
    programs: place.programs,
    topologyFile: path.join(place.folder, runFiles.topology),
    // Two thirds of the stop limit, so that SIGKILL and its aftermath fit as well.
    killTimeoutMs: Math.round((limits.stopMs * 2) / 3),
    branches: scenario.branches.map(({ id, balance }, position) => ({
      id,
      balance,
      target: target(place, id, position),
      ...planned(place, branchProcess(id)),
    })),
    visits: scenario.visits.map(({ entry, customer, events }) => ({
      entry,
      customer,
      events: events.length,
      ...planned(place, visitProcess(entry)),
    })),
  };
}

function planned({ runId, folder }: Place, process: string): Planned {
  return {
    process,
    app: `${process}.${runSuffix(runId)}`,
    standardOutput: path.join(folder, runFiles.standardOutput(process)),
    standardError: path.join(folder, runFiles.standardError(process)),
  };
}

function target({ ports, socketFolder }: Place, id: number, position: number): string {
  const port = ports?.[position];
  if (port === undefined) return `unix:${socketFolder}/${branchProcess(id)}.sock`;
  return `127.0.0.1:${port}`;
}

/** How a run is observed, beyond what the scenario says. */
export interface Conduct {
  readonly paceMs: number;
  readonly tokenFile: string | undefined;
  readonly lifeline: string;
}

/** What every child reads first. */
export function makeTopology(plan: Plan, scenario: Scenario, conduct: Conduct): Topology {
  return {
    runId: plan.runId,
    folder: plan.folder,
    lifeline: conduct.lifeline,
    history: true,
    ...(conduct.tokenFile === undefined ? {} : { tokenFile: conduct.tokenFile }),
    branches: plan.branches.map(addressOf),
    deadlines: { customerCallMs: limits.customerCallMs, updateMs: limits.updateMs },
    paceMs: conduct.paceMs,
    faults: scenario.faults,
    supervisorPid: process.pid,
  };
}

const addressOf = ({ id, process, target, balance }: PlannedBranch): BranchAddress => ({
  id,
  process,
  target,
  balance,
});
