import type { Layout, Place } from '../supervisor/plan.ts';

const layout: Layout = {
  programs: { branch: 'branch.cjs', customer: 'customer.cjs' },
  cwd: '.',
  topologyFile: 'topology.json',
  deadlines: { customerCallMs: 10_000, updateMs: 5_000 },
  branches: [],
  visits: [],
};

/** Where a run takes place that never does; of its layout only what matters to a test. */
export const placeWith = (what: Partial<Layout>): Place => ({
  runId: '20261122-193349-k3f9',
  folder: '/runs/20261122-193349-k3f9',
  socketFolder: '/tmp/tally-k3f9-Ab12Cd',
  layout: { ...layout, ...what },
});
