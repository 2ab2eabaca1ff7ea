import type {
  HistoryRecord,
  OutcomeRecord,
  ReplicaRecord,
  SettledRecord,
} from '../../bank/history.ts';
import { markColumns } from '../data.ts';
import type { Columns, MarkColumn } from '../data.ts';
import type { Lanes } from './lanes.ts';
import type { Place } from './messages.ts';
import { Table } from './table.ts';
import type { Texts } from './texts.ts';

export type MarkRecord = HistoryRecord & (ReplicaRecord | OutcomeRecord | SettledRecord);

/** What branches did to their replicas, and what customers concluded. */
export class Marks {
  count = 0;
  readonly #table = new Table<MarkColumn>(markColumns);
  readonly #lanes: Lanes;
  readonly #texts: Texts;

  constructor(lanes: Lanes, texts: Texts) {
    this.#lanes = lanes;
    this.#texts = texts;
  }

  add(record: MarkRecord, place: Place): void {
    this.count += 1;
    if (!place.shown) return;
    const fields: MarkFields = fieldsOf(record);
    const row = this.#table.add();
    const put = (name: MarkColumn, value: number | undefined): void =>
      this.#table.put(row, name, value);
    put('kind', this.#texts.number(record.kind));
    put('lane', this.#lanes.of(record.kind === 'settled' ? record.subject : record.process));
    put('at', place.at);
    put('line', place.line);
    put('clock', record.clock);
    put('tx', this.#texts.optional(fields.tx));
    put('version', fields.version);
    put('delta', fields.delta);
    put('balance', fields.balance);
    put('entry', fields.event?.entry);
    put('position', fields.event?.position);
    put('note', this.#texts.optional(fields.note));
  }

  columns(): Columns<MarkColumn> {
    return this.#table.columns('at');
  }
}

interface MarkFields {
  readonly tx?: string;
  readonly version?: number;
  readonly delta?: number;
  readonly balance?: number;
  readonly event?: { readonly entry: number; readonly position: number };
  readonly note?: string;
}

function fieldsOf(record: MarkRecord): MarkFields {
  switch (record.kind) {
    case 'prepare':
      return { ...record, note: `from branch ${record.origin}` };
    case 'decide':
      return { tx: record.tx, note: record.decision };
    case 'refuse':
      return { ...record, note: record.reason };
    case 'outcome':
      return { ...record, note: outcomeNote(record) };
    case 'apply':
    case 'drop':
    case 'replay':
    case 'recover':
    case 'settled':
      return record;
  }
}

const outcomeNote = ({ interface: name, money, result, reason }: OutcomeRecord): string =>
  [name, money, '→', result, reason && `(${reason})`]
    .filter((part) => part !== undefined)
    .join(' ');
