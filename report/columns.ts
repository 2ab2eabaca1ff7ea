import type { Column, Columns, MarkColumn, MessageColumn, PageData } from './data.ts';

/**
 * How the large tables are written into the page. In most columns a row repeats the one before, and
 * some grow by the same from row to row: without that a third is left, which browsers read sooner.
 */

/** A column as it is, or each value once for the rows in turn that have it. */
export type PackedColumn = Column | Runs;

interface Runs {
  readonly values: Column;
  /** How many rows in turn have each of the values. */
  readonly rows: readonly number[];
}

type PackedTable<Name extends string> = Readonly<Record<Name, PackedColumn>>;

export interface PackedPage extends Omit<PageData, 'messages' | 'marks'> {
  readonly messages: PackedTable<MessageColumn>;
  readonly marks: PackedTable<MarkColumn>;
}

/** Columns that hold the distance from the row before instead of the value. */
const stepped: ReadonlySet<string> = new Set(['number', 'at', 'line', 'clock']);

export const packPage = (data: PageData): PackedPage => ({
  ...data,
  messages: packTable(data.messages),
  marks: packTable(data.marks),
});

export const unpackPage = (packed: PackedPage): PageData => ({
  ...packed,
  messages: unpackTable(packed.messages),
  marks: unpackTable(packed.marks),
});

export const packTable = <Name extends string>(table: Columns<Name>): PackedTable<Name> =>
  mapColumns(table, pack);

export const unpackTable = <Name extends string>(table: PackedTable<Name>): Columns<Name> =>
  mapColumns(table, unpack);

function mapColumns<Name extends string, From, To>(
  table: Readonly<Record<Name, From>>,
  change: (column: From, isStepped: boolean) => To,
): Record<Name, To> {
  const columns = Object.entries<From>(table).map(([name, column]) => [
    name,
    change(column, stepped.has(name)),
  ]);
  return Object.fromEntries(columns) as Record<Name, To>;
}

function pack(column: Column, isStepped: boolean): PackedColumn {
  const plain = isStepped ? stepsOf(column) : column;
  const runs = runsOf(plain);
  return runs.rows.length < plain.length / 2 ? runs : plain;
}

function unpack(packed: PackedColumn, isStepped: boolean): Column {
  const plain = 'rows' in packed ? rowsOf(packed) : packed;
  return isStepped ? sumsOf(plain) : plain;
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
