import type { Cluster } from './cluster.ts';
import type { LifeListener } from './engine.ts';
import type { Placement } from './placement.ts';
import type { Orders } from './platform.ts';

/** What the Slurm engine works with, and whom it tells. */
export interface SlurmContext {
  readonly jobId: string;
  readonly cluster: Cluster;
  readonly orders: Orders;
  readonly placement: Placement;
  readonly hear: LifeListener;
}
