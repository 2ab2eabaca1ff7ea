/** What was measured: our samples, and the floor's from the same run. */
export interface Figure {
  readonly title: string;
  /** "ms", "s", "per s", "MB". */
  readonly unit: string;
  readonly samples: readonly number[];
  readonly floor: readonly number[];
  /** What the ratio of the medians should be. */
  readonly aim?: Aim;
  /** Whatever else there is to say, in one line. */
  readonly note?: string;
}

/** The ratio of ours to the floor: at most for times and sizes, at least for rates. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** A row of the table that can be asked for by its name. */
export interface Row {
  readonly name: string;
  measure(bench: Bench): Promise<readonly Figure[]>;
}

/** Where and how much is measured. */
export interface Bench {
  /** The build of the product that is measured. */
  readonly product: string;
  /** The build of floors and of the bench's own programs. */
  readonly programs: string;
  /** The project's folder. */
  readonly project: string;
  readonly quick: boolean;
  /** A new empty folder, gone in the end. */
  readonly folder: () => string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

export const ratio = ({ samples, floor }: Figure): number => median(samples) / median(floor);

/** Half the distance between the least and the greatest, as a part of the median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / 2 / median(values);

export function reached(figure: Figure): boolean | undefined {
  const { aim } = figure;
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? ratio(figure) <= aim.atMost : ratio(figure) >= aim.atLeast;
}

/**
 * Takes turns, so that what else the machine does strikes all alike; every other round backwards.
 * @returns the samples of each, in the order of the list
 */
export async function takeTurns<Sample>(
  rounds: number,
  measurements: readonly (() => Promise<Sample>)[],
): Promise<Sample[][]> {
  const samples = measurements.map((): Sample[] => []);
  for (let round = 0; round < rounds; round += 1) {
    const turn = [...measurements.entries()];
    if (round % 2 === 1) turn.reverse();
    for (const [index, measure] of turn) samples[index]?.push(await measure());
  }
  return samples;
}
