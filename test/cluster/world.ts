/** Runs the real `tally` at the head of a cluster, and looks at every node for what is left of it. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { findByEnvironment } from '../../supervisor/life.ts';
import { World } from '../rig.ts';
import type { Started } from '../started.ts';
import { until } from '../until.ts';
import { Cluster } from './cluster.ts';
import type { ClusterNode } from './configuration.ts';
import { filesOn } from './files.ts';
import { findGrounds, type Grounds } from './grounds.ts';

/** Why a test cannot be here, or what it stands on. */
const found = findGrounds();

/** For `test`: skipped with a plain message where no cluster can be. */
export const needsCluster = { skip: 'reason' in found ? found.reason : false };

/** The same for what only machines with cables and disks of their own can show. */
export const needsMachines = {
  skip:
    'reason' in found
      ? found.reason
      : found.grounds === 'loopback' && 'needs network namespaces, which only root may make here',
};

/** `tally run WORDS…`, one way or another. */
export type Run = (site: ClusterWorld, words: readonly string[]) => Started;

/** How soon nothing of a run may be left on any node, on a machine that is all nodes at once. */
export const goneWithinMs = 20_000;

export class ClusterWorld {
  readonly cluster: Cluster;
  readonly world: World;

  private constructor(cluster: Cluster, world: World) {
    this.cluster = cluster;
    this.world = world;
  }

  static async start(test: TestContext, nodes: number): Promise<ClusterWorld> {
    const cluster = await Cluster.start(groundsHere(), nodes);
    test.after(() => cluster.close());
    return new ClusterWorld(cluster, new World(test));
  }

  /** Any command at the head, in the world's folder and environment. */
  atHead(words: readonly string[]): Started {
    return this.world.spawn([...this.cluster.head, ...words]);
  }

  /** `tally run WORDS…` on three nodes, from where people log in. */
  run(words: readonly string[]): Started {
    const { program } = this.world;
    const tally = [process.execPath, program, 'run', '--engine', 'slurm', '--nodes', '3'];
    return this.atHead([...tally, ...words]);
  }

  /** `tally run WORDS…` within an allocation of three nodes. */
  runAllocated(words: readonly string[]): Started {
    const allocate = ['salloc', '-Q', '-N3', '--exclusive', '--no-kill'];
    return this.atHead([...allocate, process.execPath, this.world.program, 'run', ...words]);
  }

  node(number: number): ClusterNode {
    const node = this.cluster.nodes[number - 1];
    assert.ok(node !== undefined, `no node ${number}`);
    return node;
  }

  /** Resolves when no node has a process or a file of a run, and Slurm knows of no job. */
  async untilNothingLeft(withinMs: number, nodes = this.cluster.nodes): Promise<void> {
    const left = (): readonly string[] => [
      ...this.jobs(),
      ...this.processes(),
      ...nodes.flatMap((node) => this.leftOn(node)),
    ];
    try {
      await until('an end', () => (left().length === 0 ? true : undefined), withinMs);
    } catch {
      assert.deepEqual(left(), [], `left after ${withinMs} ms`);
    }
    await this.world.untilNothingLeft(withinMs);
  }

  private leftOn(node: ClusterNode): readonly string[] {
    const processes = this.cluster.processesOn(node).map(({ command }) => command);
    return [...processes, ...filesOn(this.cluster, node)].map((what) => `${node.name}: ${what}`);
  }

  /** Whatever runs for a run of this world, wherever: its guard is the last to go. */
  private processes(): readonly string[] {
    const found = this.world.runIds().flatMap((id) => findByEnvironment(`TALLY_RUN=${id}`));
    return found.map(({ pid }) => `process ${pid}`);
  }

  /** Not those that are over, but wait for Slurm to notice that one of their nodes is gone. */
  private jobs(): readonly string[] {
    const states = '--states=PENDING,RUNNING,SUSPENDED';
    const lines = this.cluster.run('squeue', '--noheader', states, '-o', 'job %i %j %T').trim();
    return lines === '' ? [] : lines.split('\n');
  }
}

function groundsHere(): Grounds {
  assert.ok('grounds' in found);
  return found.grounds;
}
