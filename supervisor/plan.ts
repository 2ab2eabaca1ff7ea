/** From a scenario to everything a run will use: values only, nothing is started or written. */
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import {
  type BranchAddress,
  branchProcess,
  type Deadlines,
  runFiles,
  type Topology,
  visitProcess,
} from '../bank/topology.ts';
import { runSuffix } from './run-id.ts';

/**
 * What `ecosystem.template.js` is given. Paths of the run's folder are absolute. What a child is
 * started with may be relative to where it runs: on several machines that differs.
 */
export interface Plan {
  readonly runId: string;
  /** Everything the run leaves. */
  readonly folder: string;
  /** Private folder for sockets; gone after the run. */
  readonly socketFolder: string;
  /** The Node.js program, and the script of each kind of child. */
  readonly node: string;
  readonly programs: Programs;
  /** Where every child runs. */
  readonly cwd: string;
  /** First argument of every child. */
  readonly topologyFile: string;
  readonly deadlines: Deadlines;
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
  /** The machine that it is to run on, when there are several. */
  readonly node?: string;
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
  /** Some of them are deposits or withdrawals. */
  readonly hasUpdates: boolean;
}

/** Where a run takes place. */
export interface Place {
  readonly runId: string;
  readonly folder: string;
  readonly socketFolder: string;
  readonly layout: Layout;
}

/** Where and how the processes of a run are started: what its platform decides. */
export interface Layout {
  readonly programs: Programs;
  readonly cwd: string;
  readonly topologyFile: string;
  readonly deadlines: Deadlines;
  /** Of the branches, in their order. */
  readonly branches: readonly { readonly target: string; readonly node?: string }[];
  /** The machines of the visits, in their order; none where there is only one. */
  readonly visits: readonly string[];
}

export function makePlan(scenario: Scenario, place: Place): Plan {
  const { programs, cwd, topologyFile, deadlines } = place.layout;
  return {
    runId: place.runId,
    folder: place.folder,
    socketFolder: place.socketFolder,
    node: process.execPath,
    programs,
    cwd,
    topologyFile,
    deadlines,
    // Two thirds of the stop limit, so that SIGKILL and its aftermath fit as well.
    killTimeoutMs: Math.round((limits.stopMs * 2) / 3),
    branches: scenario.branches.map(({ id, balance }, position) => ({
      id,
      balance,
      ...addressAt(place.layout, position),
      ...planned(place, branchProcess(id)),
    })),
    visits: scenario.visits.map(({ entry, customer, events }, position) => ({
      entry,
      customer,
      events: events.length,
      hasUpdates: events.some((event) => event.interface !== 'query'),
      ...nodeOf(place.layout.visits[position]),
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

function addressAt({ branches }: Layout, position: number): Layout['branches'][number] {
  const address = branches[position];
  if (address === undefined) throw new Error(`the layout has no address ${position}`);
  return address;
}

const nodeOf = (node: string | undefined): { readonly node?: string } =>
  node === undefined ? {} : { node };

/** What the children are told beyond the plan and the scenario. */
export type Conduct = Pick<Topology, 'paceMs' | 'lifeline' | 'tokenFile' | 'turns' | 'ledgers'>;

/** What every child reads first. */
export function makeTopology(plan: Plan, scenario: Scenario, conduct: Conduct): Topology {
  return {
    runId: plan.runId,
    folder: plan.folder,
    ...conduct,
    history: true,
    branches: plan.branches.map(addressOf),
    deadlines: plan.deadlines,
    faults: scenario.faults,
    supervisorPid: process.pid,
  };
}

/** As its fellows and customers know it at first. */
export const addressOf = ({
  id,
  process,
  target,
  balance,
  node,
}: PlannedBranch): BranchAddress => ({
  id,
  process,
  target,
  balance,
  ...nodeOf(node),
});
