import type { Column, Columns, MarkColumn, MessageColumn, PageData } from './data.ts';

/**
 * How the large tables are written into the page. In most columns a row repeats the one before, and
 * some grow by the same from row to row: without that a third is left, which browsers read sooner.
 */

/** Values in the order of the rows; a pair is a value and how many rows in turn have it. */
export type PackedColumn = readonly Run[];
type Run = number | null | Pair;
type Pair = readonly [value: number | null, rows: number];

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

const pack = (column: Column, isStepped: boolean): PackedColumn =>
  runsOf(isStepped ? stepsOf(column) : column);

const unpack = (packed: PackedColumn, isStepped: boolean): Column =>
  isStepped ? sumsOf(rowsOf(packed)) : rowsOf(packed);

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

function runsOf(column: Column): PackedColumn {
  const runs: PackedColumn[number][] = [];
  for (let from = 0; from < column.length;) {
    const value = column[from] ?? null;
    let to = from + 1;
    while (to < column.length && column[to] === value) to += 1;
    runs.push(to === from + 1 ? value : [value, to - from]);
    from = to;
  }
  return runs;
}

function rowsOf(packed: PackedColumn): Column {
  const column: (number | null)[] = [];
  column.length = packed.reduce<number>((rows, run) => rows + rowsIn(run), 0);
  let next = 0;
  for (const run of packed) {
    const rows = rowsIn(run);
    if (rows === 1) column[next] = valueOf(run);
    else column.fill(valueOf(run), next, next + rows);
    next += rows;
  }
  return column;
}

const rowsIn = (run: Run): number => (isPair(run) ? run[1] : 1);
const valueOf = (run: Run): number | null => (isPair(run) ? run[0] : run);
const isPair = (run: Run): run is Pair => typeof run === 'object' && run !== null;
