import type { Scenario } from '../../bank/scenario.ts';
import { BareBank, type Programs, type Progress } from '../bank.ts';
import { type Bench, type Figure, type Row, takeTurns } from '../figure.ts';
import { floorPrograms, realPrograms } from '../programs.ts';
import { stream } from '../scenario.ts';

/** How many calls a second one customer gets answered, when the code is warm. */

/** The part of a visit at its beginning that is not measured. */
const warmUp = 0.3;

interface Streamed {
  readonly programs: Programs;
  readonly scenario: Scenario;
  readonly history: boolean;
}

async function rate(bench: Bench, streamed: Streamed): Promise<number> {
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
  return ((last.done - first.done) / (last.ms - first.ms)) * 1_000;
}

export const queries: Row = {
  name: 'queries',
  async measure(bench) {
    const scenario = stream(1, 'query', bench.quick ? 8_000 : 20_000);
    const [floor = [], off = [], on = []] = await takeTurns(bench.quick ? 2 : 5, [
      () => rate(bench, { programs: floorPrograms(bench), scenario, history: false }),
      () => rate(bench, { programs: realPrograms(bench), scenario, history: false }),
      () => rate(bench, { programs: realPrograms(bench), scenario, history: true }),
    ]);
    const unit = 'per s';
    return [
      { title: 'queries, history off', unit, samples: off, floor, aim: { atLeast: 0.9 } },
      { title: 'queries, history on', unit, samples: on, floor, aim: { atLeast: 0.8 } },
    ];
  },
};

interface Size {
  readonly branches: number;
  readonly deposits: number;
}

const updates = ({ branches, deposits }: Size): Row => ({
  name: `updates-${branches}`,
  async measure(bench): Promise<Figure[]> {
    const scenario = stream(branches, 'deposit', bench.quick ? deposits / 2 : deposits);
    const [floor = [], off = [], on = []] = await takeTurns(bench.quick ? 1 : 3, [
      () => rate(bench, { programs: floorPrograms(bench), scenario, history: false }),
      () => rate(bench, { programs: realPrograms(bench), scenario, history: false }),
      () => rate(bench, { programs: realPrograms(bench), scenario, history: true }),
    ]);
    const unit = 'per s';
    const title = `updates with ${branches} branches, history`;
    return [
      { title: `${title} off`, unit, samples: off, floor, aim: { atLeast: 0.75 } },
      { title: `${title} on`, unit, samples: on, floor },
    ];
  },
});

export const updateRows: readonly Row[] = [
  updates({ branches: 3, deposits: 6_000 }),
  updates({ branches: 10, deposits: 2_400 }),
  updates({ branches: 50, deposits: 500 }),
];
