import type { HistoryRecord, OutcomeRecord } from '../../bank/history.ts';
import type { EventIdentity } from '../../bank/scenario.ts';
import { eventColumns } from '../data.ts';
import type { Columns, EventColumn } from '../data.ts';
import type { EndRecordOfCall, Place } from './messages.ts';
import { Table } from './table.ts';
import type { Texts } from './texts.ts';

interface Asked {
  readonly at: number;
  attempts: number;
}

/** The events with their answers, as the customers know them. */
export class Events {
  count = 0;
  readonly #table = new Table<EventColumn>(eventColumns);
  readonly #asked = new Map<string, Asked>();
  readonly #customers: ReadonlyMap<number, number>;
  readonly #texts: Texts;

  /** `customers` tells the customer of each entry. */
  constructor(customers: ReadonlyMap<number, number>, texts: Texts) {
    this.#customers = customers;
    this.#texts = texts;
  }

  /** A customer's call begins an event, or tries it again. */
  called(record: EndRecordOfCall, at: number): void {
    if (record.kind !== 'call' || !record.event || !isCustomers(record.interface)) return;
    const key = keyOf(record.event);
    const asked = this.#asked.get(key) ?? { at, attempts: 0 };
    asked.attempts += 1;
    this.#asked.set(key, asked);
  }

  add(record: HistoryRecord & OutcomeRecord, place: Place): void {
    this.count += 1;
    const key = keyOf(record.event);
    const asked = this.#asked.get(key);
    this.#asked.delete(key);
    if (!place.shown) return;
    const row = this.#table.add();
    const put = (name: EventColumn, value: number | undefined): void =>
      this.#table.put(row, name, value);
    put('entry', record.event.entry);
    put('position', record.event.position);
    put('customer', this.#customers.get(record.event.entry));
    put('id', record.eventId);
    put('interface', this.#texts.number(record.interface));
    put('money', record.money);
    put('result', this.#texts.number(record.result));
    put('balance', record.balance);
    put('version', record.version);
    put('reason', this.#texts.optional(record.reason));
    put('attempts', asked?.attempts);
    put('at', asked?.at ?? place.at);
    put('took', asked && place.at - asked.at);
    put('line', place.line);
  }

  columns(): Columns<EventColumn> {
    return this.#table.columns('at');
  }
}

const keyOf = ({ entry, position }: EventIdentity): string => `${entry}/${position}`;

/** A propagation carries the event that caused it, and is none of its attempts. */
const isCustomers = (name: string): boolean =>
  name === 'query' || name === 'deposit' || name === 'withdraw';
