import type { Fault } from './faults.ts';

/** What a valid input file says, in the assignment's words. Nothing here is checked: `input/` did. */

/** The interfaces between customer and branch. */
export type Interface = 'query' | 'deposit' | 'withdraw';

/** An interface that changes the balance. */
export type UpdateInterface = 'deposit' | 'withdraw';

/** One operation of a customer. `money` is in whole units, 1 to 2^53 - 1. */
export type Event =
  | { readonly id: number; readonly interface: 'query' }
  | { readonly id: number; readonly interface: UpdateInterface; readonly money: number };

/** A branch and the balance that its replica starts with. */
export interface BranchEntry {
  readonly id: number;
  readonly balance: number;
}

/**
 * One customer entry of the file: a visit of a customer to the branch with the same id. The same
 * customer may visit several times, so a visit is known by its place in the file, never by its id.
 */
export interface Visit {
  /** Position among the customer entries of the file, from 1. */
  readonly entry: number;
  /** The customer's id, which is also the id of the branch it talks to. */
  readonly customer: number;
  /** In the order in which they run: ascending by id. */
  readonly events: readonly Event[];
}

/** A whole input file. Both lists are in the order of the file. */
export interface Scenario {
  readonly branches: readonly BranchEntry[];
  readonly visits: readonly Visit[];
  /** Declared faults; none in the assignment's plain form. */
  readonly faults: readonly Fault[];
}

/** The place of an event in a run; both count from 1. Event ids are not unique in real files. */
export interface EventIdentity {
  readonly entry: number;
  readonly position: number;
}

export const countEvents = ({ visits }: Pick<Scenario, 'visits'>): number =>
  visits.reduce((sum, { events }) => sum + events.length, 0);
