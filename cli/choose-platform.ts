import path from 'node:path';
import type { Platform } from '../supervisor/platform.ts';
import type { RunCommand } from './command-line.ts';
import { buildFolder } from './project.ts';

/** Where a run takes place. Each platform is loaded when it is asked for. */
export async function choosePlatform(command: RunCommand): Promise<Platform> {
  return engineOf(command) === 'slurm' ? manyMachines(command) : oneMachine(command);
}

/** The Slurm job that this process is in, if any. */
export const slurmJob = (): string | undefined => process.env['SLURM_JOB_ID'];

/** Slurm's, where the user said so, or is in a job of Slurm and did not say otherwise. */
export const engineOf = ({ engine }: RunCommand): 'pm2' | 'slurm' =>
  engine ?? (slurmJob() === undefined ? 'pm2' : 'slurm');

async function oneMachine({ transport }: RunCommand): Promise<Platform> {
  const platform = await import('../supervisor/one-machine.ts');
  return platform.oneMachine({
    programs: {
      branch: path.join(buildFolder, 'branch.cjs'),
      customer: path.join(buildFolder, 'customer.cjs'),
    },
    tcp: transport.kind === 'tcp' ? { firstPort: transport.firstPort ?? 0 } : undefined,
  });
}

async function manyMachines({ nodes, ledgers }: RunCommand): Promise<Platform> {
  const platform = await import('../supervisor/slurm-platform.ts');
  return platform.slurmPlatform({
    jobId: slurmJob(),
    count: nodes,
    ledgers,
    pack: path.join(buildFolder, 'pack.cjs'),
  });
}
