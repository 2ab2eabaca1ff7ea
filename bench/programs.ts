import path from 'node:path';
import type { Programs } from './bank.ts';
import type { Bench } from './figure.ts';

/** The real branch and customer. */
export const realPrograms = ({ product }: Bench): Programs => ({
  branch: path.join(product, 'branch.cjs'),
  customer: path.join(product, 'customer.cjs'),
});

/** Their floors: the same calls over bare gRPC. */
export const floorPrograms = ({ programs }: Bench): Programs => ({
  branch: path.join(programs, 'branch.cjs'),
  customer: path.join(programs, 'customer.cjs'),
});

/** The floors with what `mendBinding` does for the real ones. */
export const mendedFloorPrograms = ({ programs }: Bench): Programs => ({
  branch: path.join(programs, 'mended/branch.cjs'),
  customer: path.join(programs, 'mended/customer.cjs'),
});
