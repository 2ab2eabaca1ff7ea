import { historyVersion } from '../bank/history.ts';
import type { Plan } from './plan.ts';
import type { RunHistory } from './run-history.ts';

export interface HeaderFacts {
  /** The input's path as the user wrote it. */
  readonly input: string;
  readonly tally: string;
  readonly engine: string;
}

/** The first record of a run: what the checker and the report measure everything against. */
export function writeHeader(history: RunHistory, plan: Plan, facts: HeaderFacts): void {
  const { input, tally, engine } = facts;
  history.write({
    kind: 'run',
    version: historyVersion,
    runId: plan.runId,
    input,
    versions: { tally, node: process.version, engine },
    branches: plan.branches.map(({ id, process: name, balance }) => ({
      id,
      process: name,
      balance,
    })),
    visits: plan.visits.map(({ entry, process: name, customer, events }) => ({
      entry,
      process: name,
      customer,
      events,
    })),
  });
}
