/** A real Slurm cluster of several nodes on this one machine, that meets no other Slurm here. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectFolder } from '../project.ts';
import { type ClusterNode, hostsFile, nodesOf, slurmConfiguration } from './configuration.ts';
import { daemonPath, type Grounds } from './grounds.ts';
import { freePorts } from '../../process/ports.ts';
import { removeLeftovers, folderPrefix } from './leftovers.ts';
import { firstProcess, processesIn, type Seen } from './processes.ts';
import { until } from '../until.ts';

/** Slurm is up in a second where nothing else runs. */
const upWithinMs = 120_000;

const sharedIn = (folder: string): string => path.join(folder, 'shared');

const script = (name: string): string => path.join(projectFolder, 'test/cluster', name);

export class Cluster {
  readonly folder: string;
  readonly grounds: Grounds;
  readonly nodes: readonly ClusterNode[];
  private readonly keeper: ChildProcess;
  private readonly ended: Promise<unknown>;

  private constructor(folder: string, grounds: Grounds, nodes: readonly ClusterNode[]) {
    this.folder = folder;
    this.grounds = grounds;
    this.nodes = nodes;
    this.keeper = startKeeper(folder, grounds, nodes.length);
    this.ended = new Promise((resolve) => this.keeper.once('exit', resolve));
  }

  /**
   * Resolves when every node waits for work. Whoever starts a cluster closes it, come what may.
   * @param configure gives another slurm.conf than the usual one, all within the folder
   */
  static async start(
    grounds: Grounds,
    count: number,
    configure?: (folder: string) => string,
  ): Promise<Cluster> {
    removeLeftovers();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), folderPrefix));
    const nodes = nodesOf(grounds, count);
    await writeFiles(folder, grounds, nodes);
    if (configure !== undefined)
      fs.writeFileSync(path.join(folder, 'slurm.conf'), configure(folder));
    const cluster = new Cluster(folder, grounds, nodes);
    try {
      await until(
        'a cluster whose nodes are idle',
        () => cluster.isIdle() || undefined,
        upWithinMs,
      );
    } catch (error) {
      console.error(fs.readFileSync(path.join(folder, 'slurmctld.out'), 'utf8'));
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  /** The words that run a command at the head: add the command's. */
  get head(): readonly string[] {
    return [this.command, 'head'];
  }

  /** The script that does things to this cluster, for people too. */
  get command(): string {
    return path.join(this.folder, 'cluster');
  }

  /** A folder that the head and every node see under this path. */
  get shared(): string {
    return sharedIn(this.folder);
  }

  /** What a command at the head prints. */
  run(...words: readonly string[]): string {
    return this.tell('head', ...words);
  }

  /** What a command on a node prints. */
  runOn(node: ClusterNode, ...words: readonly string[]): string {
    return this.tell('on', node.name, ...words);
  }

  isIdle(): boolean {
    try {
      const states = this.run('sinfo', '--noheader', '--Node', '-o', '%T').trim().split('\n');
      return states.length === this.nodes.length && states.every((state) => state === 'idle');
    } catch {
      // The controller does not answer yet.
      return false;
    }
  }

  /** What runs on a node, Slurm's own daemons aside. */
  processesOn(node: ClusterNode): readonly Seen[] {
    return processesIn(this.folder, node.name);
  }

  /** Where the files of a node are found from outside; nothing where it has no disks of its own. */
  rootOf(node: ClusterNode): string | undefined {
    const first = firstProcess(this.folder, node.name);
    return first === undefined ? undefined : `/proc/${first}/root`;
  }

  /** Everything on the node ends at once, and nobody says so to anybody. */
  powerCut(node: ClusterNode): void {
    this.tell('power-off', node.name);
  }

  cutCable(node: ClusterNode): void {
    assert.equal(this.grounds, 'namespaces');
    this.tell('cut', node.name);
  }

  restoreCable(node: ClusterNode): void {
    this.tell('restore', node.name);
  }

  /** Ends every process of the cluster and removes its folder. */
  async close(): Promise<void> {
    this.keeper.stdin?.end();
    await this.ended;
  }

  private tell(...words: readonly string[]): string {
    return execFileSync(this.command, words, {
      encoding: 'utf8',
      env: { PATH: daemonPath },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: upWithinMs,
    });
  }
}

function startKeeper(folder: string, grounds: Grounds, count: number): ChildProcess {
  const up =
    grounds === 'namespaces'
      ? [
          ...'unshare --net --uts --mount --pid --fork --kill-child'.split(' '),
          script('namespaces.sh'),
          folder,
          String(count),
          projectFolder,
        ]
      : [script('loopback.sh'), folder, String(count)];
  return spawn(script('keeper.sh'), [folder, ...up], {
    // Of its own session: a Ctrl-C is for whoever started the cluster, who then closes it.
    detached: true,
    cwd: '/',
    env: { PATH: daemonPath },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

async function writeFiles(
  folder: string,
  grounds: Grounds,
  nodes: readonly ClusterNode[],
): Promise<void> {
  const ports = grounds === 'loopback' ? await freePorts('127.0.0.1', nodes.length + 1) : undefined;
  const [controller = 0, ...rest] = ports ?? [];
  const all = ports === undefined ? undefined : { controller, nodes: rest };
  const write = (name: string, content: string | Buffer, mode: number): void =>
    fs.writeFileSync(path.join(folder, name), content, { mode });
  fs.chmodSync(folder, 0o755);
  fs.mkdirSync(path.join(folder, 'state'));
  fs.mkdirSync(sharedIn(folder));
  for (const { name } of nodes) fs.mkdirSync(path.join(folder, name));
  write('owner', String(process.pid), 0o644);
  write('munge.key', randomBytes(128), 0o400);
  write('slurm.conf', slurmConfiguration(folder, nodes, all), 0o644);
  write('cgroup.conf', 'CgroupPlugin=cgroup/v1\n', 0o644);
  write('hosts', hostsFile(nodes), 0o644);
  write('cluster', `#!/bin/sh\nexec '${script('at.sh')}' '${folder}' "$@"\n`, 0o755);
}
