import { markColumns, messageColumns } from './data.ts';
import type { Column, MarkColumn, MessageColumn, PageData } from './data.ts';

/**
 * How the large tables are written into the page. In most columns a row repeats the one before, and
 * some grow by the same from row to row: without that less than a third is left to be read.
 */

/** A column as it is, or each value once for the rows in turn that have it. */
export type PackedColumn = Column | Runs;

interface Runs {
  readonly values: Column;
  /** How many rows in turn have each of the values. */
  readonly rows: readonly number[];
}

export interface PackedPage extends Omit<PageData, 'messages' | 'marks'> {
  readonly messages: Readonly<Record<MessageColumn, PackedColumn>>;
  readonly marks: Readonly<Record<MarkColumn, PackedColumn>>;
}

/** Columns that hold the distance from the row before instead of the value. */
const stepped: ReadonlySet<string> = new Set(['number', 'at', 'line', 'clock']);

export const packPage = (data: PageData): PackedPage => ({
  ...data,
  messages: mapNames(messageColumns, (name) => packColumn(name, data.messages[name])),
  marks: mapNames(markColumns, (name) => packColumn(name, data.marks[name])),
});

export const unpackPage = (packed: PackedPage): PageData => ({
  ...packed,
  messages: mapNames(messageColumns, (name) => unpackColumn(name, packed.messages[name])),
  marks: mapNames(markColumns, (name) => unpackColumn(name, packed.marks[name])),
});

/** A value for each of the names. */
export function mapNames<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

export function packColumn(name: string, column: Column): PackedColumn {
  const plain = stepped.has(name) ? stepsOf(column) : column;
  const runs = runsOf(plain);
  return runs.rows.length < plain.length / 2 ? runs : plain;
}

export function unpackColumn(name: string, packed: PackedColumn): Column {
  const plain = 'rows' in packed ? rowsOf(packed) : packed;
  return stepped.has(name) ? sumsOf(plain) : plain;
}

function stepsOf(column: Column): Column {
  let before = 0;
  return column.map((value) => {
    if (value === null) return null;
    const step = value - before;
    before = value;
    return step;
  });
}

function sumsOf(steps: Column): Column {
  let sum = 0;
  return steps.map((step) => (step === null ? null : (sum += step)));
}

function runsOf(column: Column): Runs {
  const values: (number | null)[] = [];
  const rows: number[] = [];
  for (let from = 0; from < column.length;) {
    const value = column[from] ?? null;
    let to = from + 1;
    while (to < column.length && column[to] === value) to += 1;
    values.push(value);
    rows.push(to - from);
    from = to;
  }
  return { values, rows };
}

function rowsOf({ values, rows }: Runs): Column {
  const column: (number | null)[] = [];
  column.length = rows.reduce((sum, count) => sum + count, 0);
  let from = 0;
  for (const [run, count] of rows.entries()) {
    column.fill(values[run] ?? null, from, from + count);
    from += count;
  }
  return column;
}
