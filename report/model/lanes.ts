import type { RunRecord } from '../../bank/history.ts';
import type { Lane } from '../data.ts';

/** The lanes of a run, top to bottom, and the lane of each process. */
export interface Lanes {
  readonly all: readonly Lane[];
  /** Lane of a process; one that the run did not announce counts as outside. */
  readonly of: (process: string) => number;
}

/** Supervisor, customers and branches in the order of the file, and who called from outside. */
export function lanesOf(run: RunRecord): Lanes {
  const all: Lane[] = [{ role: 'supervisor', name: 'supervisor', id: 0 }];
  const byProcess = new Map([['supervisor', 0]]);
  const byCustomer = new Map<number, number>();
  for (const { customer, process } of run.visits) {
    let lane = byCustomer.get(customer);
    if (lane === undefined) {
      lane = all.push({ role: 'customer', name: `customer ${customer}`, id: customer }) - 1;
      byCustomer.set(customer, lane);
    }
    byProcess.set(process, lane);
  }
  for (const { id, process } of run.branches) {
    const lane = all.push({ role: 'branch', name: `branch ${id}`, id }) - 1;
    byProcess.set(process, lane);
  }
  return { all, of: (process) => byProcess.get(process) ?? outsideLane(all) };
}

/** The lane for everybody else appears with the first of them, at the bottom. */
function outsideLane(all: Lane[]): number {
  if (all.at(-1)?.role === 'outside') return all.length - 1;
  return all.push({ role: 'outside', name: 'outside', id: 0 }) - 1;
}
