import type { Fault } from '../bank/faults.ts';
import type { Event, Scenario } from '../bank/scenario.ts';

/** A file that every check has passed, as its schema describes it. */
export type InputFile =
  | readonly InputProcess[]
  | { readonly processes: readonly InputProcess[]; readonly faults?: readonly Fault[] };

type InputProcess =
  | { readonly type: 'branch'; readonly id: number; readonly balance: number }
  | { readonly type: 'customer'; readonly id: number; readonly events: readonly InputEvent[] };

type InputEvent =
  | { readonly id: number; readonly interface: 'query'; readonly money?: unknown }
  | { readonly id: number; readonly interface: 'deposit' | 'withdraw'; readonly money: number };

export function scenarioOf(file: InputFile): Scenario {
  const { processes, faults = [] } = 'processes' in file ? file : { processes: file };
  const branches = processes.flatMap((process) =>
    process.type === 'branch' ? [{ id: process.id, balance: process.balance }] : [],
  );
  const visits = processes
    .flatMap((process) => (process.type === 'customer' ? [process] : []))
    .map(({ id, events }, index) => ({
      entry: index + 1,
      customer: id,
      events: events.map(eventOf).toSorted((a, b) => a.id - b.id),
    }));
  return { branches, visits, faults };
}

/** A query's `money` means nothing and goes no further. */
function eventOf(event: InputEvent): Event {
  if (event.interface === 'query') return { id: event.id, interface: 'query' };
  return { id: event.id, interface: event.interface, money: event.money };
}
