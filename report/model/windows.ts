import type { LineRange, Selection } from '../data.ts';

/** The share of the page that goes to the surroundings of violations, when not all fits. */
const violationShare = 0.5;
/** More windows than anybody jumps to; each would be too narrow to show anything. */
const windowsMost = 50;

/**
 * Which lines of a history a page of `most` lines shows: all when they fit; otherwise the
 * beginning, the end, and the surroundings of the first violations.
 */
export function selectWindows(
  lines: number,
  violations: readonly number[],
  most: number,
): Selection | undefined {
  if (lines <= most) return undefined;
  const shown = violations.slice(0, windowsMost);
  const around = shown.length === 0 ? 0 : Math.floor((most * violationShare) / shown.length / 2);
  const ends = Math.floor((most - around * 2 * shown.length) / 2);
  const windows = [
    { first: 1, last: ends },
    ...shown.map((line) => ({
      first: Math.max(1, line - around),
      last: Math.min(lines, line + around),
    })),
    { first: lines - ends + 1, last: lines },
  ];
  return { windows: merged(windows), lines };
}

function merged(ranges: readonly LineRange[]): LineRange[] {
  const result: LineRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before && range.first <= before.last + 1) {
      result.pop();
      result.push({ first: before.first, last: Math.max(before.last, range.last) });
    } else result.push(range);
  }
  return result;
}

/** Whether a line is shown. Asked with ascending lines, it answers in constant time. */
export function shownLines(selection: Selection | undefined): (line: number) => boolean {
  if (!selection) return () => true;
  let index = 0;
  return (line) => {
    while ((selection.windows[index]?.last ?? Infinity) < line) index += 1;
    return (selection.windows[index]?.first ?? Infinity) <= line;
  };
}
