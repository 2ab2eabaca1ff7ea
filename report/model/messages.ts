import type {
  CallContent,
  CallInterface,
  CallOutcome,
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
} from '../../bank/history.ts';
import { messageColumns, messageEnds } from '../data.ts';
import type { Columns, MessageColumn, MessageEnd } from '../data.ts';
import type { Lanes } from './lanes.ts';
import { Table } from './table.ts';
import type { Texts } from './texts.ts';

export type EndRecordOfCall = { readonly process: string; readonly clock: number } & (
  | CallRecord
  | ReceiveRecord
  | ReplyRecord
  | ReturnRecord
);

/** Where and when a record stands. */
export interface Place {
  readonly at: number;
  readonly line: number;
  /** Whether the page shows this line; the rest only counts. */
  readonly shown: boolean;
}

interface OpenMessage {
  /** Row of the table, unless the message is not shown. */
  readonly row: number | undefined;
  readonly at: number;
  readonly line: number;
  readonly clock: number;
  seen: number;
}

const complete = (1 << messageEnds.length) - 1;

/**
 * Joins the four ends of every call. A message is kept open until all four were seen; of those that
 * never complete, such as lost ones, at most `openMost` are, and an end that comes later than that,
 * or twice, becomes a message of its own.
 */
export class Messages {
  count = 0;
  readonly #table = new Table<MessageColumn>(messageColumns);
  readonly #open = new Map<string, OpenMessage>();
  readonly #lanes: Lanes;
  readonly #texts: Texts;
  readonly #openMost: number;

  constructor(lanes: Lanes, texts: Texts, openMost: number) {
    this.#lanes = lanes;
    this.#texts = texts;
    this.#openMost = openMost;
  }

  add(record: EndRecordOfCall, place: Place): void {
    const end = 1 << messageEnds.indexOf(record.kind);
    const found = this.#open.get(record.message);
    const open = found && (found.seen & end) === 0 ? found : this.#begin(record, place, found);
    open.seen |= end;
    if (open.seen === complete) this.#open.delete(record.message);
    if (open.row === undefined) return;
    this.#table.set(open.row, {
      ...endColumns(record.kind, place, record.clock, open),
      ...this.#contentColumns(record),
    });
  }

  columns(): Columns<MessageColumn> {
    return this.#table.columns('at');
  }

  /** A second receipt of the same message starts from the same call. */
  #begin(record: EndRecordOfCall, place: Place, twin: OpenMessage | undefined): OpenMessage {
    this.count += 1;
    const { at, line } = place;
    const row = place.shown ? this.#addRow(record, place) : undefined;
    if (row !== undefined && twin?.row !== undefined) this.#copyCall(row, twin, place);
    const open = { row, at, line, clock: record.clock, seen: 0 };
    this.#open.set(record.message, open);
    if (this.#open.size > this.#openMost) this.#forgetOldest();
    return open;
  }

  #addRow(record: EndRecordOfCall, { at, line }: Place): number {
    const split = record.message.lastIndexOf('/') + 1;
    const number = Number(record.message.slice(split));
    const exact = split > 0 && String(number) === record.message.slice(split);
    const outward = record.kind === 'call' || record.kind === 'reply';
    const self = this.#lanes.of(record.process);
    const other = this.#lanes.of(outward ? record.to : record.from);
    const caller = record.kind === 'call' || record.kind === 'return';
    return this.#table.add({
      at,
      line,
      clock: record.clock,
      prefix: this.#texts.number(exact ? record.message.slice(0, split) : record.message),
      number: exact ? number : undefined,
      interface: this.#texts.number(record.interface),
      from: caller ? self : other,
      to: caller ? other : self,
    });
  }

  #copyCall(row: number, twin: OpenMessage, place: Place): void {
    const from = twin.row ?? row;
    for (const [name, moved] of [
      ['call_at', twin.at - place.at],
      ['call_line', twin.line - place.line],
    ] as const) {
      const distance = this.#table.get(from, name);
      if (distance !== null) this.#table.set(row, { [name]: distance + moved });
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#open.keys();
    if (oldest !== undefined) this.#open.delete(oldest);
  }

  #contentColumns(record: EndRecordOfCall): Partial<Record<MessageColumn, number | undefined>> {
    return record.kind === 'call' || record.kind === 'receive'
      ? this.#requestColumns(record)
      : this.#answerColumns(record);
  }

  #requestColumns(
    content: CallContent & { readonly interface: CallInterface; readonly attempt?: number },
  ): Partial<Record<MessageColumn, number | undefined>> {
    return withoutAbsent({
      attempt: content.attempt,
      entry: content.event?.entry,
      position: content.event?.position,
      money: content.money,
      tx: this.#texts.optional(content.tx),
      version: content.version,
      asked: this.#texts.optional(content.decision),
    });
  }

  #answerColumns(outcome: CallOutcome): Partial<Record<MessageColumn, number | undefined>> {
    return withoutAbsent({
      result: this.#texts.optional(outcome.result),
      reason: this.#texts.optional(outcome.reason),
      status: this.#texts.optional(outcome.status),
      detail: this.#texts.optional(outcome.detail),
      balance: outcome.balance,
      answered_version: outcome.version,
      answered_decision: this.#texts.optional(outcome.decision),
    });
  }
}

function endColumns(
  end: MessageEnd,
  place: Place,
  clock: number,
  first: OpenMessage,
): Partial<Record<MessageColumn, number>> {
  return {
    [`${end}_at`]: place.at - first.at,
    [`${end}_line`]: place.line - first.line,
    [`${end}_clock`]: clock - first.clock,
  };
}

/** What the other end of the call did not record must not erase what this one did. */
function withoutAbsent<Value>(columns: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(columns).filter((pair): pair is [string, Value] => pair[1] !== undefined),
  );
}
