import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packColumn, unpackColumn } from './columns.ts';
import type { PackedColumn } from './columns.ts';
import type { Column } from './data.ts';

interface Case {
  readonly title: string;
  readonly column: Column;
  readonly asValues: PackedColumn;
  readonly asSteps: PackedColumn;
}

const most = Number.MAX_SAFE_INTEGER;

const cases: readonly Case[] = [
  { title: 'a column without values', column: [], asValues: [], asSteps: [] },
  { title: 'one row', column: [7], asValues: [7], asSteps: [7] },
  {
    title: 'the same in every row',
    column: [7, 7, 7, 7, 7],
    asValues: { values: [7], rows: [5] },
    asSteps: { values: [7, 0], rows: [1, 4] },
  },
  {
    title: 'steady growth, and a step back',
    column: [5, 6, 7, 8, 9, 10, 4],
    asValues: [5, 6, 7, 8, 9, 10, 4],
    asSteps: { values: [5, 1, -6], rows: [1, 5, 1] },
  },
  {
    title: 'rows without a value',
    column: [null, null, null, null, 3, null, 5],
    asValues: [null, null, null, null, 3, null, 5],
    asSteps: [null, null, null, null, 3, null, 2],
  },
  {
    title: 'many rows without a value',
    column: [null, null, null, null, null, 3, 3],
    asValues: { values: [null, 3], rows: [5, 2] },
    asSteps: { values: [null, 3, 0], rows: [5, 1, 1] },
  },
  {
    title: 'great values',
    column: [most, most, most, 0, 0],
    asValues: { values: [most, 0], rows: [3, 2] },
    asSteps: [most, 0, 0, -most, 0],
  },
];

for (const { title, column, asValues, asSteps } of cases) {
  for (const [name, packed] of [
    ['balance', asValues],
    ['at', asSteps],
  ] as const) {
    test(`${name} packed and unpacked: ${title}`, () => {
      assert.deepEqual(packColumn(name, column), packed);
      assert.deepEqual(unpackColumn(name, packed), column);
    });
  }
}
