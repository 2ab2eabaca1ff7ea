/**
 * What the page is given: one JSON value, written by `report/model/` and read by `report/page/`.
 * Times are whole microseconds since the run's first record. Indices into `texts` and `lanes` are
 * from 0. A table holds one array a column; a column in which no row has a value is left empty.
 */
export interface PageData {
  readonly run: RunFacts;
  readonly verdict: PageVerdict;
  readonly counts: Counts;
  /** Present when the history is beyond the page's limit and only parts of it are shown. */
  readonly selection?: Selection;
  readonly lanes: readonly Lane[];
  /** Every word that the tables below refer to by number. */
  readonly texts: readonly string[];
  readonly messages: Columns<MessageColumn>;
  readonly marks: Columns<MarkColumn>;
  readonly events: Columns<EventColumn>;
  readonly bands: readonly Band[];
  readonly balances: readonly BalanceSeries[];
  readonly latencies: readonly Latency[];
  readonly starts: Columns<StartColumn>;
  readonly chain: Chain;
}

export type Column = readonly (number | null)[];
export type Columns<Name extends string> = Readonly<Record<Name, Column>>;

export interface RunFacts {
  readonly runId: string;
  readonly input: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Wall clock of the first record, milliseconds since 1970. */
  readonly startedAt: number;
  /** From the first record to the last, microseconds. */
  readonly duration: number;
  readonly branches: readonly { readonly id: number; readonly balance: number }[];
  readonly visits: number;
  readonly customers: number;
  /** How the run ended; absent for a run in progress or cut short. */
  readonly end?: { readonly exitCode: number; readonly reason: string };
}

export interface PageVerdict {
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** What the verdict says, in one sentence. */
  readonly text: string;
  readonly violations: readonly PageViolation[];
  /** Violations beyond those told. */
  readonly more: number;
  /** Why nothing more can be said for sure. */
  readonly missing: readonly string[];
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
  /** What a person types to repeat the check. */
  readonly command: string;
}

export interface PageViolation {
  readonly title: string;
  readonly facts: readonly (readonly [term: string, text: string])[];
  /** The smallest set of lines of the history that shows it, from 1; the page jumps to each. */
  readonly evidence: readonly { readonly line: number; readonly text: string }[];
}

export interface Counts {
  readonly records: number;
  /** Lines that are not records: normally none, or the last one of a run that was cut short. */
  readonly unreadable: number;
  readonly messages: number;
  readonly marks: number;
  readonly events: number;
}

export interface Selection {
  /** Line ranges of the history that the tables hold, both ends included, from 1. */
  readonly windows: readonly LineRange[];
  readonly lines: number;
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** One line of the diagram. All visits of one customer share a lane. */
export interface Lane {
  readonly role: 'supervisor' | 'customer' | 'branch' | 'outside';
  /** As people call it: "customer 3", "branch 2". */
  readonly name: string;
  /** Id of the customer or branch; 0 for the others. */
  readonly id: number;
}

/** The four ends of a call, in their order. */
export const messageEnds = ['call', 'receive', 'reply', 'return'] as const;
export type MessageEnd = (typeof messageEnds)[number];

/**
 * `at`, `line` and `clock` are of the message's first record in the history; `call_at` and the like
 * are distances from them, and absent where there is no such record. `id` is `prefix` (a text)
 * followed by `number`.
 */
export const messageColumns = [
  'interface',
  'from',
  'to',
  'prefix',
  'number',
  'attempt',
  'entry',
  'position',
  'money',
  'tx',
  'version',
  'asked',
  'result',
  'reason',
  'status',
  'detail',
  'balance',
  'answered_version',
  'answered_decision',
  'at',
  'line',
  'clock',
  'call_at',
  'receive_at',
  'reply_at',
  'return_at',
  'call_line',
  'receive_line',
  'reply_line',
  'return_line',
  'call_clock',
  'receive_clock',
  'reply_clock',
  'return_clock',
] as const;
export type MessageColumn = (typeof messageColumns)[number];

/** Something that a process did by itself. `kind` and `note` are texts. */
export const markColumns = [
  'kind',
  'lane',
  'at',
  'line',
  'clock',
  'tx',
  'version',
  'delta',
  'balance',
  'entry',
  'position',
  'note',
] as const;
export type MarkColumn = (typeof markColumns)[number];

/** One row for each outcome: an event with its answer. */
export const eventColumns = [
  'entry',
  'position',
  'customer',
  'id',
  'interface',
  'money',
  'result',
  'balance',
  'version',
  'reason',
  'attempts',
  'at',
  'took',
  'line',
] as const;
export type EventColumn = (typeof eventColumns)[number];

/** One row for each life of a process. `node` is a text: its machine, when there are several. */
export const startColumns = [
  'process',
  'node',
  'lane',
  'life',
  'start',
  'online',
  'ready',
  'end',
] as const;
export type StartColumn = (typeof startColumns)[number];

/** A stretch of time on a lane. A fault that strikes in a moment ends when it begins. */
export interface Band {
  readonly lane: number;
  readonly kind: 'starting' | 'alive' | 'down' | 'fault';
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly line: number;
}

/** The replica of one branch: it held `balance[i]` from `at[i]` on. */
export interface BalanceSeries {
  readonly lane: number;
  readonly at: readonly number[];
  readonly balance: readonly number[];
  /** How many values there were before the series was thinned to the extremes. */
  readonly values: number;
}

/** From call to return, microseconds, at the caller. */
export interface Latency {
  readonly interface: string;
  readonly samples: number;
  /** Calls that ended with a status other than OK, or never: not among the samples. */
  readonly failures: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * The critical chain: from the last record back to the first, always to what came latest of all
 * that had to come before. The links add up to the whole run.
 */
export interface Chain {
  readonly phases: readonly {
    readonly phase: string;
    readonly took: number;
    readonly links: number;
  }[];
  /** In order of time; empty when the chain is longer than the page's limit. */
  readonly links: readonly ChainLink[];
  readonly length: number;
}

export interface ChainLink {
  readonly phase: string;
  readonly text: string;
  readonly fromLane: number;
  readonly toLane: number;
  readonly from: number;
  readonly to: number;
  readonly line: number;
}
