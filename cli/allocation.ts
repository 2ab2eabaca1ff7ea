/** A run on nodes that are not allocated yet: Tally starts itself again, in a Slurm job of its own. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { limits } from '../bank/limits.ts';
import { allocationWords, cancelJob, startAllocation } from '../supervisor/slurm.ts';
import { engineOf, slurmJob } from './choose-platform.ts';
import type { RunCommand } from './command-line.ts';
import { count } from './count.ts';
import type { ExitCode } from './exit-codes.ts';
import { type FromInside, inAllocationVariable, type ToInside } from './inside.ts';
import { userPath } from './project.ts';
import { readInput } from './read-input.ts';
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
  const wanted = count(nodes, 'node');
  voice.phase(`waiting for ${wanted} of the cluster`);
  const words = allocationWords(nodes, [process.execPath, ...process.argv.slice(1)]);
  const environment = { ...process.env, [inAllocationVariable]: '1' };
  const allocation = new Allocation(startAllocation(words, environment));
  const end = await allocation.ended;
  if (typeof end === 'number') return end;
  voice.error({ reason: 'engine-unreachable', message: `${wanted} of the cluster: ${end}` });
  return 69;
}

/** Nobody should wait in a queue to be told of a slip in the input. */
async function refuseInput(command: RunCommand, voice: Voice): Promise<ExitCode | undefined> {
  // What is no file can be read once only, and the run itself does that.
  const files = command.faults === undefined ? [command.input] : [command.input, command.faults];
  if (!files.every(isFile)) return undefined;
  const input = await readInput(command, { ...voice, problem: () => {} });
  if (input.ok) return undefined;
  await readInput(command, voice);
  return input.exitCode;
}

const isFile = (name: string): boolean =>
  fs.statSync(userPath(name), { throwIfNoEntry: false })?.isFile() === true;

/** What a run says last may arrive behind the news of its end. */
const lastWordsMs = 500;

const stops: readonly Omit<ToInside, 'type'>[] = [
  { name: 'SIGINT', exitCode: 130 },
  { name: 'SIGTERM', exitCode: 143 },
  { name: 'SIGHUP', exitCode: 143 },
];

/**
 * A Slurm job and the run in it:
 *
 *     waiting -- began --> running -- ended --> over
 *        \-- signal, or salloc fails ----------/
 */
class Allocation {
  /** The exit code of the run, or why there is none. */
  readonly ended: Promise<ExitCode | string>;
  private readonly child: ChildProcess;
  /** The job, once the run in it has begun: from then on it hears signals itself. */
  private jobId: string | undefined;
  private exitCode: ExitCode | undefined;

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stop of stops) process.on(stop.name, () => this.stop(stop));
    child.on('message', (message) => {
      const said = message as FromInside;
      if (said.type === 'tally:began') this.jobId = said.jobId;
      else this.exitCode = said.exitCode;
    });
    this.ended = new Promise((resolve) => {
      child.once('error', ({ message }) =>
        resolve(`salloc cannot be run (${message}); is this a machine of the cluster?`),
      );
      child.once('exit', (code) => void this.conclude(code).then(resolve));
    });
  }

  /** salloc has ended, as a rule because the run has. */
  private async conclude(code: number | null): Promise<ExitCode | string> {
    await this.silenceWithin(lastWordsMs);
    if (this.exitCode !== undefined) return this.exitCode;
    if (this.jobId === undefined)
      return `salloc ended with exit code ${code}; see above what it said`;
    // The run was killed, or salloc was, and then nobody but us ends the run and the job.
    this.stop({ name: 'the end of salloc', exitCode: 143 });
    await this.silenceWithin(limits.stopMs * 2);
    await cancelJob(this.jobId);
    return this.exitCode ?? `the run in job ${this.jobId} was killed`;
  }

  /** Resolves when the run has said its last word, which is when it has ended; or after this time. */
  private async silenceWithin(withinMs: number): Promise<void> {
    if (!this.child.connected) return;
    const timer = new AbortController();
    const silence = once(this.child, 'disconnect').then(() => timer.abort());
    const late = setTimeout(withinMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([silence, late]);
  }

  private stop({ name, exitCode }: Omit<ToInside, 'type'>): void {
    if (this.jobId !== undefined)
      this.child.send({ type: 'tally:signal', name, exitCode } satisfies ToInside, () => {});
    else {
      this.exitCode = exitCode;
      this.child.kill('SIGTERM');
    }
  }
}
