import type { EventColumn, PageData } from '../data.ts';
import { count, duration, exactly } from '../picture/words.ts';

export interface Head {
  readonly text: string;
  readonly column: EventColumn;
  readonly numeric: boolean;
}

export const heads: readonly Head[] = [
  { text: 'Visit', column: 'entry', numeric: true },
  { text: 'Customer', column: 'customer', numeric: true },
  { text: 'Event', column: 'position', numeric: true },
  { text: 'Id', column: 'id', numeric: true },
  { text: 'Interface', column: 'interface', numeric: false },
  { text: 'Money', column: 'money', numeric: true },
  { text: 'Answer', column: 'result', numeric: false },
  { text: 'Balance', column: 'balance', numeric: true },
  { text: 'Version', column: 'version', numeric: true },
  { text: 'Called at', column: 'at', numeric: true },
  { text: 'Took', column: 'took', numeric: true },
  { text: 'Attempts', column: 'attempts', numeric: true },
];

const word = ({ events, texts }: PageData, column: EventColumn, row: number): string =>
  texts[events[column][row] ?? -1] ?? '';

/** What rows are sorted by: words as they read, numbers by size, and those without one first. */
export function sortKey(data: PageData, column: EventColumn): (row: number) => number | string {
  const words = heads.some((head) => head.column === column && !head.numeric);
  return words ? (row) => word(data, column, row) : (row) => data.events[column][row] ?? -Infinity;
}

/** The texts of one row, in the order of the heads. */
export const cellsOf = (data: PageData, row: number): string[] =>
  heads.map((head) => cellOf(data, head, row));

function cellOf(data: PageData, { column, numeric }: Head, row: number): string {
  const value = data.events[column][row] ?? null;
  if (value === null) return '';
  if (column === 'at') return exactly(value);
  if (column === 'took') return duration(value);
  if (column !== 'result') return numeric ? count(value) : word(data, column, row);
  const reason = word(data, 'reason', row);
  return `${word(data, 'result', row)}${reason && ` (${reason})`}`;
}
