import type { RunRecord } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import type { EventIdentity } from '../bank/scenario.ts';

/** A branch of the run. */
export interface BranchPlace {
  readonly id: number;
  readonly process: string;
}

/** A visit of the run; its events are numbered from `offset` on among all of the run. */
export interface VisitPlace {
  readonly entry: number;
  readonly process: string;
  /** The customer's id, which is also that of the branch it talks to. */
  readonly customer: number;
  readonly events: number;
  readonly offset: number;
}

/** Who takes part in a run, by the names of their processes, and how many events there are. */
export interface Roster {
  readonly run: RunRecord;
  readonly branches: ReadonlyMap<string, BranchPlace>;
  readonly visits: ReadonlyMap<string, VisitPlace>;
  readonly visitsByEntry: ReadonlyMap<number, VisitPlace>;
  readonly events: number;
  readonly initialBalance: number;
}

/** Reads the run's own record; `undefined` when it is not one that a run can have. */
export function rosterOf(run: RunRecord): Roster | undefined {
  if (!isListOf(run.branches, ['id', 'balance'])) return undefined;
  if (!isListOf(run.visits, ['entry', 'customer', 'events'])) return undefined;
  let offset = 0;
  const visits = run.visits.map(({ entry, process, customer, events }) => {
    const place = { entry, process, customer, events, offset };
    offset += events;
    return place;
  });
  if (offset > limits.events) return undefined;
  return {
    run,
    branches: new Map(run.branches.map(({ id, process }) => [process, { id, process }])),
    visits: new Map(visits.map((visit) => [visit.process, visit])),
    visitsByEntry: new Map(visits.map((visit) => [visit.entry, visit])),
    events: offset,
    initialBalance: run.branches[0]?.balance ?? 0,
  };
}

/** Whether it is a list of things with a process name and these counts. */
function isListOf(value: unknown, counts: readonly string[]): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((item: Readonly<Record<string, unknown>> | null) => {
    if (typeof item?.['process'] !== 'string') return false;
    return counts.every((name) => Number.isSafeInteger(item[name]) && Number(item[name]) >= 0);
  });
}

export type KnownResult = 'success' | 'fail' | 'unknown' | 'balance';

const results: readonly (KnownResult | undefined)[] = [
  undefined,
  'success',
  'fail',
  'unknown',
  'balance',
];

/** What became of each event: five bytes an event, so that millions fit. */
export class EventBook {
  readonly #roster: Roster;
  readonly #results: Uint8Array;
  readonly #lines: Uint32Array;
  #answered = 0;
  #unknown = 0;

  constructor(roster: Roster) {
    this.#roster = roster;
    this.#results = new Uint8Array(roster.events);
    this.#lines = new Uint32Array(roster.events);
  }

  get answered(): number {
    return this.#answered;
  }

  get unknown(): number {
    return this.#unknown;
  }

  /** The number of an event among all of the run; `undefined` when the run has no such event. */
  numberOf({ entry, position }: EventIdentity): number | undefined {
    const visit = this.#roster.visitsByEntry.get(entry);
    if (visit === undefined || !(position >= 1 && position <= visit.events)) return undefined;
    return visit.offset + position - 1;
  }

  resultOf(number: number): KnownResult | undefined {
    return results[this.#results[number] ?? 0];
  }

  /** The line of the event's outcome; 0 when it has none. */
  lineOf(number: number): number {
    return this.#lines[number] ?? 0;
  }

  set(number: number, result: KnownResult, line: number): void {
    if (this.resultOf(number) === undefined) {
      this.#answered += 1;
      if (result === 'unknown') this.#unknown += 1;
    }
    this.#results[number] = results.indexOf(result);
    this.#lines[number] = line;
  }

  /** The first events without an answer, at most `count`, and how many there are. */
  unanswered(count: number): EventIdentity[] {
    const found: EventIdentity[] = [];
    for (const visit of this.#roster.visitsByEntry.values()) {
      for (let position = 1; position <= visit.events; position += 1) {
        if (found.length === count) return found;
        if (this.resultOf(visit.offset + position - 1) === undefined)
          found.push({ entry: visit.entry, position });
      }
    }
    return found;
  }
}
