import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packTable, unpackTable } from './columns.ts';
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
    column: [7, 7, 7],
    asValues: [[7, 3]],
    asSteps: [7, [0, 2]],
  },
  {
    title: 'steady growth, and a step back',
    column: [5, 6, 7, 4],
    asValues: [5, 6, 7, 4],
    asSteps: [5, [1, 2], -3],
  },
  {
    title: 'rows without a value',
    column: [null, null, 3, null, 5],
    asValues: [[null, 2], 3, null, 5],
    asSteps: [[null, 2], 3, null, 2],
  },
  {
    title: 'great values',
    column: [most, most, 0],
    asValues: [[most, 2], 0],
    asSteps: [most, 0, -most],
  },
];

for (const { title, column, asValues, asSteps } of cases) {
  test(`packed and unpacked: ${title}`, () => {
    const packed = packTable({ balance: column, at: column });
    assert.deepEqual(packed, { balance: asValues, at: asSteps });
    assert.deepEqual(unpackTable(packed), { balance: column, at: column });
  });
}
