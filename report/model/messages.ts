import type {
  CallContent,
  CallOutcome,
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
} from '../../bank/history.ts';
import { messageColumns, messageEnds } from '../data.ts';
import type { Columns, MessageColumn } from '../data.ts';
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

/** Where each end's time, line and clock stand. */
const endColumns = {
  call: ['call_at', 'call_line', 'call_clock'],
  receive: ['receive_at', 'receive_line', 'receive_clock'],
  reply: ['reply_at', 'reply_line', 'reply_clock'],
  return: ['return_at', 'return_line', 'return_clock'],
} as const;

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
    const first = this.#open.get(record.message);
    const again = first !== undefined && (first.seen & end) !== 0;
    const key = again ? `${record.message} again` : record.message;
    const found = this.#open.get(key);
    const open = found && (found.seen & end) === 0 ? found : this.#begin(record, place, again);
    open.seen |= end;
    this.#open.set(key, open);
    if (open.seen === complete) this.#open.delete(key);
    if (this.#open.size > this.#openMost) this.#forgetOldest();
    if (open.row === undefined) return;
    const [at, line, clock] = endColumns[record.kind];
    this.#table.put(open.row, at, place.at - open.at);
    this.#table.put(open.row, line, place.line - open.line);
    this.#table.put(open.row, clock, record.clock - open.clock);
    if (record.kind === 'call' || record.kind === 'receive') this.#putRequest(open.row, record);
    else this.#putAnswer(open.row, record);
  }

  columns(): Columns<MessageColumn> {
    return this.#table.columns('at');
  }

  /** A second receipt of the same message starts from the same call. */
  #begin(record: EndRecordOfCall, place: Place, again: boolean): OpenMessage {
    this.count += 1;
    const { at, line } = place;
    const row = place.shown ? this.#addRow(record, place) : undefined;
    const first = again ? this.#open.get(record.message) : undefined;
    if (row !== undefined && first?.row !== undefined) this.#copyCall(row, first, place);
    return { row, at, line, clock: record.clock, seen: 0 };
  }

  #addRow(record: EndRecordOfCall, { at, line }: Place): number {
    const split = record.message.lastIndexOf('/') + 1;
    const number = Number(record.message.slice(split));
    const exact = split > 0 && String(number) === record.message.slice(split);
    const outward = record.kind === 'call' || record.kind === 'reply';
    const self = this.#lanes.of(record.process);
    const other = this.#lanes.of(outward ? record.to : record.from);
    const caller = record.kind === 'call' || record.kind === 'return';
    const row = this.#table.add();
    this.#table.put(row, 'at', at);
    this.#table.put(row, 'line', line);
    this.#table.put(row, 'clock', record.clock);
    const prefix = exact ? record.message.slice(0, split) : record.message;
    this.#table.put(row, 'prefix', this.#texts.number(prefix));
    this.#table.put(row, 'number', exact ? number : undefined);
    this.#table.put(row, 'interface', this.#texts.number(record.interface));
    this.#table.put(row, 'from', caller ? self : other);
    this.#table.put(row, 'to', caller ? other : self);
    return row;
  }

  #copyCall(row: number, first: OpenMessage, place: Place): void {
    const from = first.row ?? row;
    for (const [name, moved] of [
      ['call_at', first.at - place.at],
      ['call_line', first.line - place.line],
    ] as const) {
      const distance = this.#table.get(from, name);
      if (distance !== null) this.#table.put(row, name, distance + moved);
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#open.keys();
    if (oldest !== undefined) this.#open.delete(oldest);
  }

  #putRequest(row: number, content: CallContent & { readonly attempt?: number }): void {
    const put = (name: MessageColumn, value: number | undefined): void =>
      this.#table.put(row, name, value);
    put('attempt', content.attempt);
    put('entry', content.event?.entry);
    put('position', content.event?.position);
    put('money', content.money);
    put('tx', this.#texts.optional(content.tx));
    put('version', content.version);
    put('asked', this.#texts.optional(content.decision));
  }

  #putAnswer(row: number, outcome: CallOutcome): void {
    const put = (name: MessageColumn, value: number | undefined): void =>
      this.#table.put(row, name, value);
    put('result', this.#texts.optional(outcome.result));
    put('reason', this.#texts.optional(outcome.reason));
    put('status', this.#texts.optional(outcome.status));
    put('detail', this.#texts.optional(outcome.detail));
    put('balance', outcome.balance);
    put('answered_version', outcome.version);
    put('answered_decision', this.#texts.optional(outcome.decision));
  }
}
