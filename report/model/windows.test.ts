import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectWindows, shownLines } from './windows.ts';

test('a history that fits is shown whole', () => {
  assert.equal(selectWindows(100, [], 100), undefined);
  assert.equal(shownLines(undefined)(1_000_000), true);
});

const cases = [
  {
    title: 'without a violation: both ends',
    violations: [],
    windows: [
      [1, 50],
      [951, 1_000],
    ],
  },
  {
    title: 'around a violation',
    violations: [500],
    windows: [
      [1, 25],
      [475, 525],
      [976, 1_000],
    ],
  },
  {
    title: 'one near the beginning joins it',
    violations: [30],
    windows: [
      [1, 55],
      [976, 1_000],
    ],
  },
];

for (const { title, violations, windows } of cases) {
  test(`of a longer history the page shows windows; ${title}`, () => {
    const selection = selectWindows(1_000, violations, 100);
    assert.deepEqual(
      selection?.windows.map(({ first, last }) => [first, last]),
      windows,
    );
  });
}

test('many violations share the page, and it stays within its limit', () => {
  const violations = Array.from({ length: 500 }, (_, index) => 1_000 * (index + 1));
  const selection = selectWindows(1_000_000, violations, 10_000);
  const shown = selection?.windows.reduce((sum, { first, last }) => sum + last - first + 1, 0) ?? 0;
  assert.ok(shown <= 10_100, `${shown} lines`);
});

test('lines are shown exactly inside the windows', () => {
  const isShown = shownLines(selectWindows(1_000, [500], 100));
  const lines = Array.from({ length: 1_000 }, (_, index) => index + 1).filter(isShown);
  assert.equal(lines.length, 25 + 51 + 25);
  assert.ok(lines.includes(475) && lines.includes(525) && !lines.includes(526));
});
