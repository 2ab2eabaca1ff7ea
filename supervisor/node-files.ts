/** What the processes of a node read, brought there; and what they write, taken into the run's folder. */
import fs from 'node:fs';
import path from 'node:path';
import { runFiles, type Topology } from '../bank/topology.ts';
import { nodeFiles } from '../process/agent-messages.ts';
import type { App } from './engine.ts';
import type { ClusterNode } from './node.ts';
import type { Placement } from './placement.ts';
import type { PlannedVisit } from './plan.ts';
import type { Orders } from './platform.ts';
import { printedBy } from './slurm-app.ts';

const isOfRun = (file: string): boolean =>
  file === runFiles.history || /^(visits|ledgers)\/[\w.-]+\.jsonl$/.test(file);

export class NodeFiles {
  private readonly orders: Orders;
  private readonly placement: Placement;
  /** Where the lines of files go that are not the run's own. */
  private readonly logs = new Map<string, string>();
  /** What is followed of what apps print, by node and file. */
  private readonly followed = new Set<string>();

  constructor(orders: Orders, placement: Placement) {
    this.orders = orders;
    this.placement = placement;
  }

  /** Everything that every process of a node needs. */
  async furnish(node: ClusterNode): Promise<void> {
    await node.send({ type: 'follow', file: runFiles.history, from: 0 });
    await this.writeTopology(node);
  }

  writeTopology(node: ClusterNode): Promise<void> {
    return node.write(runFiles.topology, JSON.stringify(this.topologyOf(node)));
  }

  /** What the visit has to do, and what it has been answered so far, wherever that was. */
  async openVisit(node: ClusterNode, { entry }: PlannedVisit): Promise<void> {
    const [order, result] = [runFiles.visitOrder(entry), runFiles.visitResult(entry)];
    await node.write(order, this.read(order));
    const before = this.read(result);
    await node.write(result, before);
    await node.send({ type: 'follow', file: result, from: Buffer.byteLength(before) });
  }

  async closeVisit(node: ClusterNode, { entry }: PlannedVisit): Promise<void> {
    await node.send({ type: 'unfollow', file: runFiles.visitResult(entry) });
  }

  /** What an app prints on this node, in all its lives there. */
  async openLogs(node: ClusterNode, app: App): Promise<void> {
    for (const { file, log } of printedBy(app)) {
      const key = `${node.name}:${file}`;
      if (this.followed.has(key)) continue;
      this.followed.add(key);
      this.logs.set(file, log);
      await node.send({ type: 'follow', file, from: 0 });
    }
  }

  /** The app has ended and is not started again. */
  async closeLogs(node: ClusterNode, app: App): Promise<void> {
    for (const { file } of printedBy(app)) {
      if (!this.followed.delete(`${node.name}:${file}`)) continue;
      this.logs.delete(file);
      await node.send({ type: 'unfollow', file });
    }
  }

  /** Lets a process that was started elsewhere before count its lives from there on. */
  writeLives(node: ClusterNode, process: string, lives: number): Promise<void> {
    return node.write(runFiles.lives(process), '.'.repeat(lives));
  }

  /** Throws what the file system says. A node that was taken over could name any file. */
  take(file: string, text: string): void {
    const log = this.logs.get(file);
    if (log !== undefined) fs.appendFileSync(log, text);
    else if (isOfRun(file)) fs.appendFileSync(path.join(this.orders.plan.folder, file), text);
  }

  private topologyOf({ folder }: ClusterNode): Topology {
    const file = (of: keyof typeof nodeFiles): string => path.posix.join(folder, nodeFiles[of]);
    return {
      ...this.orders.topology,
      folder,
      lifeline: file('lifeline'),
      tls: { ca: file('ca'), certificate: file('certificate'), key: file('key') },
      branches: this.placement.addresses,
    };
  }

  private read(file: string): string {
    const whole = path.join(this.orders.plan.folder, file);
    return fs.existsSync(whole) ? fs.readFileSync(whole, 'utf8') : '';
  }
}
