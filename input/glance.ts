import type { Path } from './document.ts';
import { ordinal } from './words.ts';

/** The lists of a file, whatever is in them. */
export interface Lists {
  /** What leads to the list of processes; undefined if there is none. */
  readonly path: Path | undefined;
  readonly processes: readonly unknown[];
  readonly faults: readonly unknown[];
}

export function listsIn(file: unknown): Lists {
  if (Array.isArray(file)) return { path: [], processes: file, faults: [] };
  const processes = get(file, 'processes');
  return {
    path: Array.isArray(processes) ? ['processes'] : undefined,
    processes: listIn(processes),
    faults: listIn(get(file, 'faults')),
  };
}

/**
 * A look at a process that takes whatever is there, right or wrong, so that every rule can be
 * checked as far as possible, and every message can name whom it speaks of.
 */
export interface ProcessGlance {
  readonly path: Path;
  readonly value: unknown;
  readonly type: 'branch' | 'customer' | undefined;
  readonly id: number | undefined;
  /** Only one that a branch may have. */
  readonly balance: number | undefined;
  readonly events: readonly unknown[];
}

export function glanceAt(value: unknown, path: Path): ProcessGlance {
  return {
    path,
    value,
    type: meantType(value),
    id: integer(get(value, 'id')),
    balance: natural(get(value, 'balance')),
    events: listIn(get(value, 'events')),
  };
}

/** What the process is, or is meant to be: `client` and `bank` are names of an older format. */
export function meantType(value: unknown): 'branch' | 'customer' | undefined {
  const type = get(value, 'type');
  if (type === 'branch' || type === 'bank') return 'branch';
  if (type === 'customer' || type === 'client') return 'customer';
  if (get(value, 'events') !== undefined) return 'customer';
  return get(value, 'balance') === undefined ? undefined : 'branch';
}

/** `customer 2`, or `the 4th process` of one that has no id. */
export function processName({ type, id, path }: ProcessGlance): string {
  if (type !== undefined && id !== undefined) return `${type} ${id}`;
  const place = ordinal(Number(path.at(-1)) + 1);
  return `the ${place} process${type === undefined ? '' : ` (a ${type})`}`;
}

/** `event 3 of customer 2`, or `the 2nd event of customer 2` of one that has no id. */
export function eventName(process: ProcessGlance, event: unknown, index: number): string {
  const id = integer(get(event, 'id'));
  const name = id === undefined ? `the ${ordinal(index + 1)} event` : `event ${id}`;
  return `${name} of ${processName(process)}`;
}

/** A key of an object; undefined for whatever is no object or does not have it. */
export function get(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const integer = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

function natural(value: unknown): number | undefined {
  const number = integer(value);
  return number === undefined || number < 0 ? undefined : number;
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
