import type {
  CallRecord,
  EndRecord,
  ReceiveRecord,
  SettledRecord,
  Stamp,
} from '../bank/history.ts';
import type { Report } from './account-check.ts';
import type { Explanation } from './cause.ts';
import { linesOf, updateFacts } from './operation.ts';
import type { Replica } from './replica.ts';
import type { Facts } from './verdict.ts';

interface Moment {
  readonly time: number;
  readonly line: number;
}

interface Activity extends Moment {
  readonly record: Stamp & (CallRecord | ReceiveRecord);
}

type Settled = Stamp & SettledRecord & { readonly line: number };

/** In which states the account may have ended by the customers' answers, and what would explain others. */
export interface FinalAccount {
  /** Empty when too many outcomes are unknown to tell. */
  readonly balances: readonly number[];
  readonly explain: (observed: number, expected: number) => Explanation;
}

/** Checks how a run ends: no call once branches are asked to stop, and all replicas in one state. */
export class Ending {
  readonly #report: Report;
  readonly #stops = new Map<string, Moment>();
  readonly #active = new Map<string, Activity>();
  readonly #settled = new Map<string, Settled>();
  #end: (Moment & { readonly record: Stamp & EndRecord }) | undefined;
  #last: (Moment & { readonly process: string }) | undefined;

  constructor(report: Report) {
    this.#report = report;
  }

  /** How the run says that it ended. */
  get end(): EndRecord | undefined {
    return this.#end?.record;
  }

  /** Everything that the run had to do was done, whatever was found to be wrong with it. */
  get orderly(): boolean {
    return this.end?.exitCode === 0 || this.end?.exitCode === 1;
  }

  settledState(process: string): Settled | undefined {
    return this.#settled.get(process);
  }

  stopped(subject: string, time: number, line: number): void {
    if (!this.#stops.has(subject)) this.#stops.set(subject, { time, line });
  }

  ended(record: Stamp & EndRecord, time: number, line: number): void {
    this.#end = { record, time, line };
  }

  settled(record: Stamp & SettledRecord, line: number): void {
    this.#settled.set(record.subject, { ...record, line });
  }

  /** Every record passes here: the run's end is the last of all. */
  seen({ process, kind }: Stamp & { readonly kind: string }, time: number, line: number): void {
    if (kind !== 'end' && time > (this.#last?.time ?? Number.NEGATIVE_INFINITY))
      this.#last = { process, time, line };
  }

  /** A client outside the run may call whenever it likes. */
  called(record: Stamp & (CallRecord | ReceiveRecord), time: number, line: number): void {
    if (record.kind === 'receive' && record.outside) return;
    const latest = this.#active.get(record.process);
    if (latest === undefined || time >= latest.time)
      this.#active.set(record.process, { record, time, line });
  }

  finish(replicas: readonly Replica[], account: FinalAccount): void {
    if (this.orderly) this.#checkSilence();
    this.#checkEnd();
    const states = replicas.flatMap((replica) => this.#stateOf(replica) ?? []);
    const version = Math.max(...states.map((state) => state.version));
    for (const state of states) this.#checkState(state, version, account);
  }

  #checkSilence(): void {
    for (const [subject, stop] of this.#stops) {
      const latest = this.#active.get(subject);
      if (latest === undefined || latest.time <= stop.time) continue;
      const { record, line } = latest;
      const { event, tx } = record;
      const facts: Facts = { ...(event ? { event } : {}), ...(tx === undefined ? {} : { tx }) };
      this.#report({
        kind: 'call-after-stop',
        cause: 'phantom',
        process: subject,
        observed: { ...facts, text: `${record.kind} ${record.interface}` },
        expected: { text: 'no call after the stop' },
        lines: [stop.line, line],
      });
    }
  }

  #checkEnd(): void {
    const end = this.#end;
    const last = this.#last;
    if (end === undefined || last === undefined || last.time <= end.time) return;
    if (last.process === end.record.process) return;
    this.#report({
      kind: 'record-after-end',
      cause: 'phantom',
      process: last.process,
      observed: { text: 'a process of the run was still at work' },
      expected: { text: 'no record after the end of the run' },
      lines: [end.line, last.line],
    });
  }

  #stateOf(replica: Replica): FinalState | undefined {
    const { place, version, balance, line, writes } = replica;
    const { process } = place;
    const settled = this.#settled.get(process);
    const own = writes ? { version, balance, line } : undefined;
    if (settled) {
      const told = { version: settled.version, balance: settled.balance, line: settled.line };
      return { process, ...told, own };
    }
    return own && this.orderly ? { process, ...own, own: undefined } : undefined;
  }

  #checkState(state: FinalState, latest: number, account: FinalAccount): void {
    const { process, version, balance, line, own } = state;
    const [first] = account.balances;
    const observed = { version, balance };
    const finding = { kind: 'final-differs', process, observed } as const;
    if (own && (own.version !== version || own.balance !== balance)) {
      const cause = own.version > version ? 'lost' : own.version < version ? 'phantom' : 'altered';
      const expected = { version: own.version, balance: own.balance };
      this.#report({ ...finding, cause, expected, lines: [own.line, line] });
    } else if (version < latest) {
      const expected = { version: latest };
      this.#report({ ...finding, cause: 'lost', expected, lines: [line] });
    } else if (first !== undefined && !account.balances.includes(balance)) {
      const { cause, update } = account.explain(balance, first);
      this.#report({
        ...finding,
        cause,
        ...(update ? { update: updateFacts(update) } : {}),
        expected:
          account.balances.length === 1 ? { balance: first } : { balances: account.balances },
        lines: [...(update ? linesOf(update) : []), line],
      });
    }
  }
}

interface FinalState {
  readonly process: string;
  readonly version: number;
  readonly balance: number;
  readonly line: number;
  /** What the replica's own records say, when somebody else says how it ended. */
  readonly own:
    | { readonly version: number; readonly balance: number; readonly line: number }
    | undefined;
}
