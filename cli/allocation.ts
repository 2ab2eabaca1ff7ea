/** A run on nodes that are not allocated yet: Tally starts itself again, in a Slurm job of its own. */
import type { ChildProcess } from 'node:child_process';
import { allocationWords, startAllocation } from '../supervisor/slurm.ts';
import { engineOf, slurmJob } from './choose-platform.ts';
import type { RunCommand } from './command-line.ts';
import { count } from './count.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { readInput } from './read-input.ts';
import { inAllocationVariable, type PassedSignal } from './signals.ts';
import type { Voice } from './voice.ts';

export const needsAllocation = (command: RunCommand): boolean =>
  engineOf(command) === 'slurm' && slurmJob() === undefined && !command.dryRun;

/** Waits for the nodes, however long that takes, then for the run. */
export async function runInAllocation(command: RunCommand, voice: Voice): Promise<ExitCode> {
  const { nodes } = command;
  if (nodes === undefined) {
    const message = 'outside of a Slurm job, --engine slurm needs --nodes N, such as --nodes 3';
    voice.error({ reason: 'usage', message });
    return 64;
  }
  const refused = await refuseInput(command, voice);
  if (refused !== undefined) return refused;
  voice.phase(`waiting for ${count(nodes, 'node')} of the cluster`);
  const words = allocationWords(nodes, [process.execPath, ...process.argv.slice(1)]);
  const environment = { ...process.env, [inAllocationVariable]: '1' };
  const allocation = new Allocation(startAllocation(words, environment));
  const code = await allocation.ended;
  if (allocation.began || allocation.stoppedBy !== undefined) return allocation.stoppedBy ?? code;
  const message = `Slurm gave no ${count(nodes, 'node')}: ${allocation.trouble ?? `salloc ended with exit code ${code}, see what it said`}`;
  voice.error({ reason: 'engine-unreachable', message });
  return 69;
}

/** Nobody should wait in a queue to be told of a slip in the input. */
async function refuseInput(command: RunCommand, voice: Voice): Promise<ExitCode | undefined> {
  // What comes from standard input can be read once only, and the run itself does.
  if (command.input === '-') return undefined;
  const input = await readInput(command, { ...voice, problem: () => {} });
  if (input.ok) return undefined;
  await readInput(command, voice);
  return input.exitCode;
}

const stops: readonly Omit<PassedSignal, 'type'>[] = [
  { name: 'SIGINT', exitCode: 130 },
  { name: 'SIGTERM', exitCode: 143 },
  { name: 'SIGHUP', exitCode: 143 },
];

/** A Slurm job on its way, and the run in it. */
class Allocation {
  readonly ended: Promise<ExitCode>;
  /** The run in the job has begun: from then on it hears signals itself. */
  began = false;
  /** The exit code of the signal that ended the wait. */
  stoppedBy: ExitCode | undefined;
  /** Why salloc could not be run at all. */
  trouble: string | undefined;
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    child.on('message', () => {
      this.began = true;
    });
    for (const stop of stops) process.on(stop.name, () => this.stop(stop));
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once('error', ({ message }) => {
        this.trouble = `salloc cannot be run (${message}); is this a machine of the cluster?`;
        resolve(69);
      });
      child.once('close', (code) => resolve(asExitCode(code)));
    });
  }

  private stop(stop: Omit<PassedSignal, 'type'>): void {
    const message: PassedSignal = { type: 'tally:signal', ...stop };
    if (this.began) this.child.send(message, () => {});
    else {
      this.stoppedBy = stop.exitCode;
      this.child.kill('SIGTERM');
    }
  }
}

const asExitCode = (code: number | null): ExitCode =>
  code !== null && code in exitCodes ? (code as ExitCode) : 69;
