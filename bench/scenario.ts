import fs from 'node:fs';
import type { Event, Scenario, Visit } from '../bank/scenario.ts';

/** What the bench runs: scenarios made here, or the project's own inputs. */

const balance = 400;

const query = (id: number): Event => ({ id, interface: 'query' });
const deposit = (id: number): Event => ({ id, interface: 'deposit', money: 10 });

export const branches = (count: number): Scenario['branches'] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, balance }));

/** One customer with so many events of one kind. */
export function stream(branchCount: number, kind: 'query' | 'deposit', count: number): Scenario {
  const make = kind === 'query' ? query : deposit;
  const events = Array.from({ length: count }, (_, index) => make(index + 1));
  return {
    branches: branches(branchCount),
    visits: [{ entry: 1, customer: 1, events }],
    faults: [],
  };
}

/** So many branches, each visited once for a query; every tenth is visited for a deposit. */
export function roundTrip(count: number): Scenario {
  const visits = Array.from({ length: count }, (_, index): Visit => {
    const id = index + 1;
    return { entry: id, customer: id, events: [id % 10 === 0 ? deposit(id) : query(id)] };
  });
  return { branches: branches(count), visits, faults: [] };
}

type InputEntry =
  | { readonly type: 'branch'; readonly id: number; readonly balance: number }
  | { readonly type: 'customer'; readonly id: number; readonly events: readonly Event[] };

/** A plain input file in JSON, without any check: it is one of the project's own. */
export function readScenario(file: string): Scenario {
  const entries = JSON.parse(fs.readFileSync(file, 'utf8')) as readonly InputEntry[];
  const customers = entries.filter((entry) => entry.type === 'customer');
  return {
    branches: entries.filter((entry) => entry.type === 'branch'),
    visits: customers.map(({ id, events }, index) => ({ entry: index + 1, customer: id, events })),
    faults: [],
  };
}

/** The scenario as an input file; large ones are written entry by entry. */
export function writeScenario(file: string, { branches: all, visits }: Scenario): void {
  const entries = [
    ...visits.map(({ customer, events }) => ({ id: customer, type: 'customer', events })),
    ...all.map(({ id, balance: start }) => ({ id, type: 'branch', balance: start })),
  ];
  fs.writeFileSync(file, `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
}
