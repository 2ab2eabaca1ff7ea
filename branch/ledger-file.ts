import path from 'node:path';
import { runFiles, type Topology } from '../bank/topology.ts';

type Place = Pick<Topology, 'folder' | 'ledgers'>;

/** Path of the ledger of one incarnation of a branch. On a machine's own disk there is one of each. */
export const ledgerFile = (
  { folder, ledgers }: Place,
  branch: number,
  incarnation: number,
): string =>
  ledgers === undefined
    ? path.join(folder, runFiles.ledger(branch))
    : path.join(ledgers, path.basename(runFiles.ledgerOf(branch, incarnation)));
