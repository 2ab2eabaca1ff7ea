/** How the page writes durations and moments. All are given in microseconds. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value: number): string => grouped.format(value);

/** With three digits or so, in the unit that suits: "85 µs", "1.24 ms", "12.4 s", "3 min 20 s". */
export function duration(us: number): string {
  if (Math.abs(us) < 1_000) return `${Math.round(us)} µs`;
  if (Math.abs(us) < 1_000_000) return `${threeDigits(us / 1_000)} ms`;
  if (Math.abs(us) < 120_000_000) return `${threeDigits(us / 1_000_000)} s`;
  const seconds = Math.round(us / 1_000_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const threeDigits = (value: number): string =>
  String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)));

/** Exact, for the details of a record: "412.345 ms". */
export const exactly = (us: number): string => `${(us / 1_000).toFixed(3)} ms`;

/** For an axis: as many digits as the moment has. */
export function moment(us: number): string {
  if (us === 0) return '0';
  return us < 1_000_000
    ? `${Number((us / 1_000).toFixed(3))} ms`
    : `${Number((us / 1_000_000).toFixed(6))} s`;
}

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
