/** A run in a job of three nodes, with stand-ins for Slurm's commands: every node is this machine. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import { findByEnvironment, type ProcessIdentity, signal } from '../supervisor/life.ts';
import { projectFolder } from './project.ts';
import { World } from './rig.ts';
import type { Started } from './started.ts';

export const standIns = path.join(projectFolder, 'test/fixtures/slurm');
/** Inside of a job, as the stand-ins see it. */
export const insideJob = { PATH: `${standIns}:${process.env['PATH'] ?? ''}`, SLURM_JOB_ID: '7' };

export class Job {
  readonly world: World;

  constructor(t: TestContext) {
    // Before the world goes, which knows the runs.
    t.after(() => {
      for (const left of this.processes()) signal(left, 'SIGKILL');
      this.removeRemains();
    });
    this.world = new World(t);
  }

  /** What agents that never began, or were killed, leave to the user's next agent, a minute later. */
  private removeRemains(): void {
    const remains = this.world
      .runIds()
      .flatMap((runId) => [`tally-${runId}-`, `tally-node-${runId}-`]);
    for (const name of fs.readdirSync('/tmp'))
      if (remains.some((start) => name.startsWith(start)))
        fs.rmSync(path.join('/tmp', name), { recursive: true, force: true });
  }

  start(...words: readonly string[]): Started {
    return this.world.start(['run', ...words, '-o', 'output.json'], insideJob);
  }

  records(): HistoryRecord[] {
    const lines = this.world.read('runs/latest/history.jsonl').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as HistoryRecord);
  }

  /** On all nodes, and what stands in for srun. */
  processes(): ProcessIdentity[] {
    return this.world.runIds().flatMap((runId) => this.world.processesOf(runId));
  }

  /** The agent of a node, once it is there. */
  agent(node: string): Promise<ProcessIdentity> {
    return this.world.until(`the agent of ${node}`, () =>
      this.processes().find(({ pid }) => {
        const { command, environment } = look(pid);
        return command.includes('.cjs 20') && environment.includes(`SLURMD_NODENAME=${node}`);
      }),
    );
  }

  /** No process, no folder, no key. */
  async untilNothingLeft(): Promise<void> {
    const runIds = this.world.runIds();
    // Also the guards, which remove what the supervisor could not.
    const living = (): number =>
      runIds.flatMap((runId) => findByEnvironment(`TALLY_RUN=${runId}`)).length;
    await this.world.until('the end of every process', () => (living() === 0 ? true : undefined));
    const left = fs
      .readdirSync(os.tmpdir())
      .filter((name) => runIds.some((runId) => name.startsWith(`tally-node-${runId}`)));
    assert.deepEqual(left, [], 'folders were left on the nodes');
    await this.world.untilNothingLeft(2_000);
  }
}

/** What a process was started as, and with; empty if it is gone. */
function look(pid: number): { readonly command: string; readonly environment: readonly string[] } {
  const read = (file: string): string[] => {
    try {
      return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
    } catch {
      return [];
    }
  };
  const name = read('cmdline');
  // Not what stands in for srun, whose command line ends with the step's.
  const command = name[0]?.endsWith('node') ? name.join(' ') : '';
  return { command, environment: read('environ') };
}
