/** The one file that runs Slurm's commands. It knows their words and their traps; no decisions. */
import { type ChildProcess, execFile, spawn, type StdioOptions } from 'node:child_process';
import { limits } from '../bank/limits.ts';

/** A job of ours, as Slurm shows it. */
export interface Job {
  readonly id: string;
  readonly nodes: readonly string[];
  /** No other job can share its nodes. */
  readonly isExclusive: boolean;
}

/** A command that could not be run, or failed; `message` is what it said. */
export interface SlurmTrouble {
  readonly reason: 'engine-unreachable';
  readonly message: string;
}

/** What a step is to be. */
export interface StepOrder {
  readonly jobId: string;
  readonly node: string;
  readonly name: string;
  /** Where it runs: must exist, for Slurm would run it elsewhere without a word. */
  readonly folder: string;
  /** Its whole environment, but for what Slurm adds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/** "slurm 22.05.8", as it calls itself. */
export async function slurmVersion(): Promise<string | SlurmTrouble> {
  const words = await run('srun', ['--version']);
  return typeof words === 'string' ? versionIn(words) : words;
}

/** "slurm-wlm 22.05.8" on Debian, "slurm 23.02.1" elsewhere. */
export const versionIn = (words: string): string => `slurm ${words.trim().split(/\s+/).at(-1)}`;

export async function findJob(id: string): Promise<Job | SlurmTrouble> {
  const words = await run('squeue', ['--noheader', `--jobs=${id}`, '--format=%N|%h']);
  if (typeof words !== 'string') return words;
  const { nodeList, isExclusive } = jobIn(words);
  const names = await run('scontrol', ['show', 'hostnames', nodeList]);
  if (typeof names !== 'string') return names;
  return { id, nodes: names.split('\n').filter((name) => name !== ''), isExclusive };
}

/** What squeue says of a job: "node[1-3]|NO", where NO is to whether others may use the nodes too. */
export function jobIn(words: string): { readonly nodeList: string; readonly isExclusive: boolean } {
  const [nodeList = '', shared = ''] = words.trim().split('|');
  return { nodeList, isExclusive: shared === 'NO' };
}

/** Brings a file to every node of a job, whose name there is `destination`. */
export async function broadcast(
  jobId: string,
  source: string,
  destination: string,
): Promise<SlurmTrouble | undefined> {
  const words = await run('sbcast', broadcastWords(jobId, source, destination));
  return typeof words === 'string' ? undefined : words;
}

/** Forced, since several nodes of a test cluster can be one machine. */
export const broadcastWords = (jobId: string, source: string, destination: string): string[] => [
  '--force',
  `--jobid=${jobId}`,
  source,
  destination,
];

/** Starts a step; the process is srun, and what the step prints is what it prints. */
export function startStep(order: StepOrder, stdio: StdioOptions): ChildProcess {
  const environment = { ...ownEnvironment(), ...order.environment };
  return spawn('srun', stepWords(order), { env: environment, stdio });
}

export const stepWords = (order: StepOrder): string[] => [
  `--jobid=${order.jobId}`,
  `--job-name=${order.name}`,
  `--nodelist=${order.node}`,
  '--nodes=1',
  '--ntasks=1',
  // Steps share what the job has: it is the run's alone.
  '--overlap',
  '--overcommit',
  '--mpi=none',
  // The loss of one node must not end the steps on others.
  '--no-kill',
  '--quiet',
  `--chdir=${order.folder}`,
  `--export=${Object.keys(order.environment).join(',') || 'NONE'}`,
  ...order.command,
];

/** A job for this command, and nothing else on its nodes; it ends with the command. */
export const allocationWords = (nodes: number, command: readonly string[]): string[] => [
  `--nodes=${nodes}`,
  '--exclusive',
  '--no-kill',
  '--quiet',
  '--job-name=tally',
  ...command,
];

/** Starts a command in a job of its own, with this terminal and a channel for messages. */
export function startAllocation(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): ChildProcess {
  return spawn('salloc', words, {
    env: environment,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

/** Ends a job whose salloc cannot any more. */
export async function cancelJob(id: string): Promise<void> {
  await run('scancel', [id]);
}

/** After the loss of a node srun ends with code 0: its words are the only sign. */
export const tellsNodeFailure = (words: string): boolean =>
  /Node failure on|NODE FAILURE|due to node failure/i.test(words);

/** Variables that say to Slurm's commands who and where we are; any other could change what they do. */
const kept = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'TZ', 'SLURM_CONF'];

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

function run(command: string, words: readonly string[]): Promise<string | SlurmTrouble> {
  const options = { env: ownEnvironment(), timeout: limits.slurmCallMs };
  return new Promise((resolve) => {
    execFile(command, words, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else resolve(trouble(command, error, stderr));
    });
  });
}

function trouble(command: string, error: Error, stderr: string): SlurmTrouble {
  const missing = 'code' in error && error.code === 'ENOENT';
  const message = missing
    ? `there is no ${command} here: --engine slurm needs Slurm's commands, on a machine of the cluster`
    : `${command} failed: ${stderr.trim() || error.message}`;
  return { reason: 'engine-unreachable', message };
}
