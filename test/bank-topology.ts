/** How a test's bank is laid out: its branches, their addresses, and what goes wrong. */
import path from 'node:path';
import type { Fault } from '../bank/faults.ts';
import { branchProcess, type Topology } from '../bank/topology.ts';
import type { Identity } from '../rpc/tls.ts';
import { identityFiles } from './identity.ts';

export const runId = 'test-run';

export interface BankSettings {
  readonly branches?: number;
  readonly balance?: number;
  readonly faults?: readonly Fault[];
  readonly deadlines?: Topology['deadlines'];
  /** What customers wait between two events; 0 by default. */
  readonly paceMs?: number;
  /** Loopback TCP with this token, instead of Unix sockets. */
  readonly token?: string;
  /** Loopback TCP with what a machine shows of itself, by its name. */
  readonly machine?: Machine;
  readonly lifeline?: string;
  /** Where customers hear that it is their turn; by default they are told at once, as pm2 does. */
  readonly turns?: 'lifeline';
  /** Ledgers outlive the machines of their branches. */
  readonly sharedLedgers?: boolean;
}

interface Machine {
  readonly node: string;
  readonly identity: Identity;
}

export function makeTopology(
  folder: string,
  settings: BankSettings,
  ports: readonly number[],
): Topology {
  const { branches = 3, balance = 400, faults = [], token, machine, lifeline, turns } = settings;
  const { sharedLedgers = false, paceMs = 0 } = settings;
  const { deadlines = { customerCallMs: 10_000, updateMs: 5_000 } } = settings;
  return {
    runId,
    folder,
    lifeline,
    turns,
    ledgers: sharedLedgers ? path.join(folder, 'ledgers') : undefined,
    history: true,
    tokenFile: token === undefined ? undefined : path.join(folder, 'token'),
    tls: machine && identityFiles(folder),
    branches: Array.from({ length: branches }, (_, index) => ({
      id: index + 1,
      process: branchProcess(index + 1),
      target: ports[index] ? `127.0.0.1:${ports[index]}` : `unix:${folder}/${index + 1}.sock`,
      balance,
      node: machine?.node,
    })),
    deadlines,
    paceMs,
    faults,
    supervisorPid: process.pid,
  };
}
