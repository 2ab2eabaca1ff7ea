/** The platform of many machines: the nodes of a Slurm job, with an agent on each. */
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import { type BranchAddress, runFiles } from '../bank/topology.ts';
import { nodeFiles } from '../process/agent-messages.ts';
import type { Identity } from '../rpc/tls.ts';
import { bringUpCluster, type Cluster } from './cluster.ts';
import { type EngineFailure, isFailure } from './engine.ts';
import type { ClusterNode } from './node.ts';
import { nodeFor, Placement } from './placement.ts';
import type { Layout, PlannedBranch } from './plan.ts';
import type { Ground, Platform, PlatformFailure, Site, Wait } from './platform.ts';
import { targetAt } from './relocation.ts';
import { slurmAppKeys } from './slurm-app.ts';
import { describeSteps } from './slurm-dry-run.ts';
import { slurmEngine } from './slurm-engine.ts';
import { findJob, type Job, slurmVersion } from './slurm.ts';

export interface ManyMachines {
  /** The Slurm job that this process is in; undefined for a dry run outside of any. */
  readonly jobId: string | undefined;
  /** How many of the job's nodes are used; undefined: all. */
  readonly count: number | undefined;
  /** Absolute path of a folder that every node sees, for ledgers; undefined: each on its own node. */
  readonly ledgers: string | undefined;
  /** The program for the nodes. */
  readonly pack: string;
}

export async function slurmPlatform(machines: ManyMachines): Promise<Platform> {
  const version = await slurmVersion();
  return {
    name: 'Slurm',
    // Without Slurm's commands a run fails as it is prepared; a dry run needs none.
    label: typeof version === 'string' ? version : 'slurm',
    home: undefined,
    appKeys: () => slurmAppKeys,
    refuse,
    sketch: async (site) => layOut(site.scenario, await sketchNodes(machines)),
    describe: (plan, apps) => describeSteps(machines, plan, apps),
    prepare: (site, wait) => prepare(machines, site, wait),
  };
}

/** What one machine has and many do not: a daemon above the processes, and one history at hand. */
const onlyOnOne = ['kill-daemon', 'kill-supervisor', 'keep-branch-down'];

function refuse({ faults }: Scenario): PlatformFailure | undefined {
  const fault = faults.find((declared) => onlyOnOne.includes(declared.fault));
  if (fault === undefined) return undefined;
  return {
    reason: 'platform-faults',
    message: `the fault ${fault.fault} is for runs on one machine: leave it out, or run with --engine pm2`,
  };
}

/** A place for processes, as far as a layout is concerned. */
interface NodePlace {
  readonly name: string;
  /** The target of each branch there, in their order. */
  readonly targets: readonly string[];
}

function layOut({ branches, visits }: Scenario, nodes: readonly NodePlace[]): Layout {
  const places = branches.map((_, position) => {
    const { name, targets } = nodeFor(position, nodes);
    return { node: name, target: targets[Math.floor(position / nodes.length)] ?? `${name}:PORT` };
  });
  const nodeOfBranch = new Map(branches.map(({ id }, position) => [id, places[position]?.node]));
  return {
    // Relative to the private folder that each node has, and that its processes run in.
    programs: { branch: 'branch.cjs', customer: 'customer.cjs' },
    cwd: '.',
    topologyFile: runFiles.topology,
    deadlines: {
      // An update rides through the loss of a machine: its lease, and a new start elsewhere.
      updateMs: limits.updateMs + limits.nodeLossMs,
      customerCallMs: limits.customerCallMs + limits.nodeLossMs,
    },
    branches: places,
    // A customer is where its branch is.
    visits: visits.map(({ customer }) => nodeOfBranch.get(customer) ?? ''),
  };
}

async function sketchNodes({ jobId, count }: ManyMachines): Promise<NodePlace[]> {
  const job = jobId === undefined ? undefined : await findJob(jobId);
  const names =
    job === undefined || isFailure(job)
      ? Array.from({ length: count ?? 1 }, (_, index) => `NODE-${index + 1}`)
      : job.nodes.slice(0, count);
  return names.map((name) => ({ name, targets: [] }));
}

async function prepare(
  machines: ManyMachines,
  site: Site,
  wait: Wait,
): Promise<Ground | EngineFailure | undefined> {
  const job = await usableJob(machines);
  if (isFailure(job)) return job;
  const { runId, folder, scenario } = site;
  wait.phase(`bringing Tally to ${job.nodes.join(', ')}`);
  const order = { job, runId, pack: machines.pack, logs: path.join(folder, 'logs') };
  const cluster = await bringUpCluster(order);
  if (isFailure(cluster)) return cluster;
  if (!wait.halt.aborted) {
    const places = await findPorts(cluster.nodes, scenario.branches.length);
    if (places !== undefined) {
      const ledgers = machines.ledgers && path.posix.join(machines.ledgers, runId);
      return ground(job, cluster, layOut(scenario, places), ledgers);
    }
  }
  await cluster.close();
  return wait.halt.aborted ? undefined : lostEarly(job);
}

async function usableJob({ jobId = '', count }: ManyMachines): Promise<Job | EngineFailure> {
  const job = await findJob(jobId);
  if (isFailure(job)) return job;
  if (!job.isExclusive)
    return {
      reason: 'engine-shared',
      message: `job ${job.id} shares its nodes with other jobs, whose processes could take its ports; allocate them with --exclusive`,
    };
  if (count !== undefined && count > job.nodes.length)
    return {
      reason: 'engine-unreachable',
      message: `--nodes ${count} is more than the ${job.nodes.length} nodes of job ${job.id}: ${job.nodes.join(', ')}`,
    };
  return { ...job, nodes: job.nodes.slice(0, count) };
}

/** Undefined if a node is lost meanwhile. */
async function findPorts(
  nodes: readonly ClusterNode[],
  branches: number,
): Promise<NodePlace[] | undefined> {
  const share = Math.ceil(branches / nodes.length);
  const places = await Promise.all(
    nodes.map(async (node) => {
      const ports = await node.ports(share);
      return { name: node.name, targets: ports.map((port) => targetAt(node.address, port)) };
    }),
  );
  return places.every(({ targets }) => targets.length === share) ? places : undefined;
}

const lostEarly = (job: Job): EngineFailure => ({
  reason: 'engine-lost',
  message: `a node of job ${job.id} was lost before anything was started; "sinfo" shows which`,
});

function ground(job: Job, cluster: Cluster, layout: Layout, ledgers: string | undefined): Ground {
  const tls = pemsOf(cluster);
  let placement = new Placement([]);
  const addressOf = (branch: PlannedBranch): BranchAddress => placement.of(branch.id) ?? branch;
  return {
    layout,
    topology: { turns: 'lifeline', ledgers },
    route: (branch) => {
      const { target, node = '' } = addressOf(branch);
      return { target, tls: { ...tls, serverName: node } };
    },
    whereIs: (branch) => placement.describe(addressOf(branch)),
    watchCommand: `squeue --steps --jobs=${job.id}`,
    callCommand: (branch) => callCommand(job, cluster, addressOf(branch)),
    openEngine: async (orders, hear) => {
      placement = new Placement(orders.plan.branches);
      return slurmEngine({ jobId: job.id, cluster, orders, placement, hear });
    },
    close: cluster.close,
  };
}

/** The keys are on the nodes, so people call a branch from its node. */
function callCommand(job: Job, { nodes }: Cluster, { target, node }: BranchAddress): string {
  const folder = nodes.find(({ name }) => name === node)?.folder ?? '';
  const { ca, certificate, key } = nodeFiles;
  const files = `-cacert ${ca} -cert ${certificate} -key ${key} -servername ${node} -proto bank.proto`;
  return `srun --jobid=${job.id} --overlap -w ${node} --chdir=${folder} grpcurl ${files} ${target} bank.Branch/Query`;
}

function pemsOf({ tls: { ca, certificate, key } }: Cluster): Identity {
  return { ca: Buffer.from(ca), certificate: Buffer.from(certificate), key: Buffer.from(key) };
}
