import type { CallRecord, EndRecord, ReceiveRecord, Stamp } from '../bank/history.ts';
import type { Report } from './account-check.ts';
import type { Facts } from './verdict.ts';

interface Moment {
  readonly time: number;
  readonly line: number;
}

interface Activity extends Moment {
  readonly record: Stamp & (CallRecord | ReceiveRecord);
}

/** Checks how a run ends: no call once a process is asked to stop, no record after the run's own. */
export class Ending {
  readonly #report: Report;
  readonly #error: number;
  readonly #stops = new Map<string, Moment>();
  readonly #active = new Map<string, Activity>();
  #end: (Moment & { readonly record: Stamp & EndRecord }) | undefined;
  #last: (Moment & { readonly process: string }) | undefined;

  /** `error`: what times may be wrong by; what is nearer to each other may be in either order. */
  constructor(report: Report, error: number) {
    this.#report = report;
    this.#error = error;
  }

  /** How the run says that it ended. */
  get end(): EndRecord | undefined {
    return this.#end?.record;
  }

  /** Everything that the run had to do was done, whatever was found to be wrong with it. */
  get orderly(): boolean {
    return this.end?.exitCode === 0 || this.end?.exitCode === 1;
  }

  stopped(subject: string, time: number, line: number): void {
    if (!this.#stops.has(subject)) this.#stops.set(subject, { time, line });
  }

  ended(record: Stamp & EndRecord, time: number, line: number): void {
    this.#end = { record, time, line };
  }

  /** Every record passes here: the run's end is the last of all. */
  seen({ process, kind }: Stamp & { readonly kind: string }, time: number, line: number): void {
    if (kind !== 'end' && time > (this.#last?.time ?? Number.NEGATIVE_INFINITY))
      this.#last = { process, time, line };
  }

  /**
   * A client outside the run may call whenever it likes, and fellows may still tell and ask each
   * other what became of an update while they are stopped: that changes nothing any more.
   */
  called(record: Stamp & (CallRecord | ReceiveRecord), time: number, line: number): void {
    if (record.kind === 'receive' && record.outside) return;
    if (record.interface === 'ask' || record.interface === 'decide') return;
    const latest = this.#active.get(record.process);
    if (latest === undefined || time >= latest.time)
      this.#active.set(record.process, { record, time, line });
  }

  /** `settled` says whether a process had nothing under way any more when it was asked to stop. */
  finish(settled: (process: string) => boolean): void {
    for (const [subject, stop] of this.#stops) {
      if (this.orderly || settled(subject)) this.#checkSilence(subject, stop);
    }
    this.#checkEnd();
  }

  #checkSilence(subject: string, stop: Moment): void {
    const latest = this.#active.get(subject);
    if (latest === undefined || !this.#isAfter(latest, stop)) return;
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

  #isAfter(one: Moment, other: Moment): boolean {
    return one.time - this.#error > other.time + this.#error;
  }

  #checkEnd(): void {
    const end = this.#end;
    const last = this.#last;
    if (end === undefined || last === undefined || !this.#isAfter(last, end)) return;
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
}
