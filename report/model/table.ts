import { mapNames } from '../columns.ts';
import type { Column, Columns } from '../data.ts';

/** Rows kept as one array a column: a hundred bytes a message where objects would take a thousand. */
export class Table<Name extends string> {
  readonly #names: readonly Name[];
  readonly #columns: Record<Name, (number | null)[]>;
  #length = 0;

  constructor(names: readonly Name[]) {
    this.#names = names;
    this.#columns = mapNames(names, () => []);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends a row without values, and returns its number, from 0. */
  add(): number {
    for (const name of this.#names) this.#columns[name].push(null);
    return this.#length++;
  }

  /** Sets one value of a row; what a record does not have leaves the row as it is. */
  put(row: number, name: Name, value: number | undefined): void {
    if (value !== undefined) this.#columns[name][row] = value;
  }

  get(row: number, name: Name): number | null {
    return this.#columns[name][row] ?? null;
  }

  /**
   * The columns, rows in ascending order of `by`; a column without any value is empty. The table
   * is spent by this: each of its columns is let go as soon as it is in order.
   */
  columns(by: Name): Columns<Name> {
    const keys = this.#columns[by];
    const order = keys.map((_, row) => row).toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    return mapNames(this.#names, (name) => {
      const column = packed(this.#columns[name], order);
      this.#columns[name] = [];
      return column;
    });
  }
}

function packed(column: readonly (number | null)[], order: readonly number[]): Column {
  if (column.every((value) => value === null)) return [];
  return order.map((row) => column[row] ?? null);
}
