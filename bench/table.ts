import { type Aim, type Figure, median, ratio, reached, spread } from './figure.ts';

const columns = ['figure', 'ours', 'floor', 'ratio', 'aim', 'spread', 'samples'] as const;

/** One table for people: medians, their ratio, and how far the samples lie apart. */
export function table(figures: readonly Figure[]): string {
  const rows = [columns.map(String), ...figures.map(cells)];
  const widths = columns.map((_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  '),
  );
  const notes = figures.flatMap(({ title, note }) =>
    note === undefined ? [] : [`${title}: ${note}`],
  );
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function cells(figure: Figure): string[] {
  const { title, unit, samples, floor } = figure;
  const mark = { true: '', false: ' (!)', undefined: '' }[`${reached(figure)}`];
  return [
    title,
    `${short(median(samples))} ${unit}`,
    `${short(median(floor))} ${unit}`,
    `${ratio(figure).toFixed(2)}${mark}`,
    inWords(figure.aim),
    `±${percent(spread(samples))}, ±${percent(spread(floor))}`,
    String(samples.length),
  ];
}

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const short = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

function inWords(aim: Aim | undefined): string {
  if (aim === undefined) return '';
  return 'atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`;
}

/** The same for programs. */
export const asJson = (figures: readonly Figure[]): object[] =>
  figures.map((figure) => ({
    ...figure,
    median: median(figure.samples),
    floorMedian: median(figure.floor),
    ratio: ratio(figure),
    spread: spread(figure.samples),
    floorSpread: spread(figure.floor),
    reached: reached(figure) ?? null,
  }));
