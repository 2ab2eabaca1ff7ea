/** On what a cluster can stand here. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Namespaces: machines of their own to all appearance. Loopback: several slurmd on one address. */
export type Grounds = 'namespaces' | 'loopback';

export type Found = { readonly grounds: Grounds } | { readonly reason: string };

const programs = ['slurmctld', 'slurmd', 'munged', 'salloc', 'srun', 'sbcast', 'ip'];

/** What `unshare` and `ip` do for every node of a cluster of namespaces. */
const probe = '--net --uts --mount --pid --fork -- ip link add bridge type bridge'.split(' ');

/** Debian puts daemons where an ordinary user's PATH does not look. */
export const daemonPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

export function findGrounds(): Found {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0)
    return {
      reason: `no cluster can be brought up here: ${missing.join(', ')} not found; on Debian: apt-get install slurm-wlm munge iproute2`,
    };
  const { status } = spawnSync('unshare', probe, { env: { PATH: daemonPath }, stdio: 'ignore' });
  return { grounds: status === 0 ? 'namespaces' : 'loopback' };
}

const isInstalled = (program: string): boolean =>
  daemonPath.split(':').some((folder) => fs.existsSync(`${folder}/${program}`));
