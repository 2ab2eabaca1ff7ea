import { identify, type ProcessIdentity } from './life.ts';

/** Stands in every private folder, so that its run can be told from a dead one. */
export interface Owner {
  readonly runId: string;
  readonly supervisor: ProcessIdentity;
  /** pm2's home during the run; absent if pm2 does not run its processes. */
  readonly home?: string;
}

export const ownerFile = 'owner.json';

/** This very process. */
export const self = (): ProcessIdentity =>
  identify(process.pid) ?? { pid: process.pid, startTime: 0 };
