/** The files that make a Slurm cluster: pure texts. */
import os from 'node:os';
import type { Grounds } from './grounds.ts';

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
}

/** Where the daemons of a cluster listen. */
export interface Ports {
  readonly controller: number;
  readonly nodes: readonly number[];
}

/** Where Slurm's daemons listen, and each srun for what its step says. */
export const usualPorts = { controller: 6817, node: 6818 };
export const srunPorts = { first: 60_001, last: 61_000 };

export function nodesOf(grounds: Grounds, count: number): readonly ClusterNode[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `node-${index + 1}`,
    address: grounds === 'namespaces' ? `10.77.0.${11 + index}` : '127.0.0.1',
  }));
}

/** Names for the addresses, as a network has them. */
export function hostsFile(nodes: readonly ClusterNode[]): string {
  const names = ['127.0.0.1 localhost', '10.77.0.1 head'];
  return [...names, ...nodes.map(({ name, address }) => `${address} ${name}`), ''].join('\n');
}

/** slurm.conf of a cluster whose every file is in `folder`. */
export function slurmConfiguration(
  folder: string,
  nodes: readonly ClusterNode[],
  ports: Ports | undefined,
): string {
  const user = os.userInfo().username;
  const head = ports === undefined ? 'head(10.77.0.1)' : `${os.hostname()}(127.0.0.1)`;
  return `${[
    'ClusterName=tally-test',
    `SlurmctldHost=${head}`,
    `SlurmctldPort=${ports?.controller ?? usualPorts.controller}`,
    `SlurmUser=${user}`,
    `SlurmdUser=${user}`,
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/munge/socket`,
    'CredType=cred/munge',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/%n.spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/%n.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/%n.log`,
    'MailProg=/bin/true',
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'MpiDefault=none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'SchedulerParameters=sched_min_interval=0,batch_sched_delay=0',
    // The nodes share this machine's processors; what they have is what is said here.
    'SlurmdParameters=config_overrides',
    'TreeWidth=65533',
    'SlurmdTimeout=10',
    `SrunPortRange=${srunPorts.first}-${srunPorts.last}`,
    'KillWait=5',
    'ReturnToService=2',
    ...nodes.map((node, index) => nodeLine(node, ports?.nodes[index])),
    'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
  ].join('\n')}\n`;
}

function nodeLine({ name, address }: ClusterNode, port: number | undefined): string {
  const place = port === undefined ? '' : ` NodeHostname=${os.hostname()} Port=${port}`;
  return `NodeName=${name} NodeAddr=${address}${place} CPUs=4 State=UNKNOWN`;
}
