import type { Scenario } from '../../bank/scenario.ts';
import { BareBank, type Programs, type Progress } from '../bank.ts';
import { type Bench, type Figure, type Row, takeTurns } from '../figure.ts';
import { floorPrograms, mendedFloorPrograms, realPrograms } from '../programs.ts';
import { stream } from '../scenario.ts';

/** How many calls a second one customer gets answered, when the code is warm. */

/** The part of a visit at its beginning that is not measured. */
const warmUp = 0.3;

interface Streamed {
  readonly programs: Programs;
  readonly scenario: Scenario;
  readonly history: boolean;
}

/** What was found out about one stream of calls. */
interface Speed {
  readonly perSecond: number;
  /** Processor time of all processes for one call, in microseconds. */
  readonly processorUs: number;
}

async function speed(bench: Bench, streamed: Streamed): Promise<Speed> {
  const bank = await BareBank.open({ ...streamed, folder: bench.folder() });
  const seen: Progress[] = [];
  try {
    await bank.visit(1, (progress) => seen.push(progress));
  } finally {
    await bank.close();
  }
  const last = seen.at(-1);
  const first = seen.find(({ done }) => last && done >= last.done * warmUp);
  if (!first || !last || first === last) throw new Error('the visit was too short to be measured');
  const calls = last.done - first.done;
  return {
    perSecond: (calls / (last.ms - first.ms)) * 1_000,
    processorUs: ((last.processorMs - first.processorMs) / calls) * 1_000,
  };
}

interface Stream {
  readonly title: string;
  readonly scenario: Scenario;
  readonly rounds: number;
  /** The least ratio of the rates. */
  readonly aims: { readonly off: number; readonly on?: number };
}

const of = (speeds: readonly Speed[], part: keyof Speed): number[] =>
  speeds.map((one) => one[part]);

/** Rates for the table, and processor time: that one hardly depends on what else a machine does. */
async function compare(bench: Bench, { title, scenario, rounds, aims }: Stream): Promise<Figure[]> {
  const [real, floors] = [realPrograms(bench), floorPrograms(bench)];
  const [floor = [], mended = [], off = [], on = []] = await takeTurns(rounds, [
    () => speed(bench, { programs: floors, scenario, history: false }),
    () => speed(bench, { programs: mendedFloorPrograms(bench), scenario, history: false }),
    () => speed(bench, { programs: real, scenario, history: false }),
    () => speed(bench, { programs: real, scenario, history: true }),
  ]);
  const figures = (what: string, speeds: readonly Speed[], least?: number): Figure[] => [
    {
      title: `${title}, history ${what}`,
      unit: 'per s',
      samples: of(speeds, 'perSecond'),
      floor: of(floor, 'perSecond'),
      ...(least !== undefined && { aim: { atLeast: least } }),
    },
    {
      title: `${title}, history ${what}, beside a mended floor`,
      unit: 'per s',
      samples: of(speeds, 'perSecond'),
      floor: of(mended, 'perSecond'),
    },
    {
      title: `${title}, history ${what}: processor time of one`,
      unit: 'µs',
      samples: of(speeds, 'processorUs'),
      floor: of(floor, 'processorUs'),
    },
  ];
  return [...figures('off', off, aims.off), ...figures('on', on, aims.on)];
}

export const queries: Row = {
  name: 'queries',
  measure: (bench) =>
    compare(bench, {
      title: 'queries',
      scenario: stream(1, 'query', bench.quick ? 8_000 : 20_000),
      rounds: bench.quick ? 2 : 5,
      aims: { off: 0.9, on: 0.8 },
    }),
};

interface Size {
  readonly branches: number;
  readonly deposits: number;
}

const updates = ({ branches, deposits }: Size): Row => ({
  name: `updates-${branches}`,
  measure: (bench) =>
    compare(bench, {
      title: `updates with ${branches} branches`,
      scenario: stream(branches, 'deposit', bench.quick ? deposits / 2 : deposits),
      rounds: bench.quick ? 1 : 3,
      aims: { off: 0.75 },
    }),
});

export const updateRows: readonly Row[] = [
  updates({ branches: 3, deposits: 6_000 }),
  updates({ branches: 10, deposits: 2_400 }),
  updates({ branches: 50, deposits: 500 }),
];
