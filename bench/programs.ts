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
