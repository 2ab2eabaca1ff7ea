/** What a run takes place on: this machine with pm2, or the nodes of a Slurm job. */
import type { Scenario } from '../bank/scenario.ts';
import type { Topology } from '../bank/topology.ts';
import type { Route } from '../rpc/client.ts';
import type { App, Engine, EngineFailure, LifeListener } from './engine.ts';
import type { Layout, Plan, PlannedBranch } from './plan.ts';

export interface Platform {
  /** What it is called to people: "pm2". */
  readonly name: string;
  /** Name and version, for the records: "pm2 7.0.4". */
  readonly label: string;
  /** pm2's home, if pm2 runs the processes. */
  readonly home: string | undefined;
  /** The keys of an app that it understands. */
  readonly appKeys: () => ReadonlySet<string>;
  /** Why it cannot carry out this scenario; asked before anything is made. */
  readonly refuse: (scenario: Scenario) => PlatformFailure | undefined;
  /** For a dry run: where the processes would be. Nothing is started, and nothing is on disk. */
  readonly sketch: (site: Site) => Promise<Layout>;
  /** For a dry run: what it would be given, for standard output. */
  readonly describe: (plan: Plan, apps: readonly App[]) => string;
  /** Brings it up so far that the place of every process is known; undefined if halted before. */
  readonly prepare: (site: Site, wait: Wait) => Promise<Ground | EngineFailure | undefined>;
}

export interface PlatformFailure {
  readonly reason:
    /** `--tcp` names ports that do not exist. */
    | 'ports'
    /** A declared fault needs what this platform does not have. */
    | 'platform-faults';
  readonly message: string;
}

/** What a platform is told of the run that it is prepared for. */
export interface Site {
  readonly runId: string;
  readonly scenario: Scenario;
  /** Everything the run leaves. */
  readonly folder: string;
  /** Private folder for sockets; gone after the run. */
  readonly socketFolder: string;
}

/** How a preparation that takes long is followed, and broken off. */
export interface Wait {
  readonly phase: (text: string) => void;
  readonly halt: AbortSignal;
}

/** A platform that is ready for the processes of one run. */
export interface Ground {
  readonly layout: Layout;
  /** What the children are told of it. */
  readonly topology: Pick<Topology, 'lifeline' | 'tokenFile' | 'turns' | 'ledgers'>;
  /** How the supervisor reaches a branch now. */
  readonly route: (branch: PlannedBranch) => Route;
  /** Where it is, for people: its address, and its machine where there are several. */
  readonly whereIs: (branch: PlannedBranch) => string;
  /** How people watch the processes: a command for another terminal. */
  readonly watchCommand: string;
  /** How people reach it: a command for another terminal. */
  readonly callCommand: (branch: PlannedBranch) => string;
  readonly openEngine: OpenEngine;
  /** Removes what was brought up, also if no engine was ever opened. */
  readonly close: () => Promise<void>;
}

/** Undefined if the run was halted before the engine was open. */
export type OpenEngine = (
  orders: Orders,
  hear: LifeListener,
  halt: AbortSignal,
) => Promise<Engine | EngineFailure | undefined>;

/** What an engine carries out. */
export interface Orders {
  readonly plan: Plan;
  /** What every child reads first, as it is for all of them. */
  readonly topology: Topology;
}
