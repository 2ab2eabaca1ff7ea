import path from 'node:path';
import { BareBank, type Programs } from '../bank.ts';
import { type Bench, median, type Row } from '../figure.ts';
import { memoryOf } from '../kernel.ts';
import { floorPrograms, realPrograms } from '../programs.ts';
import { branches, readScenario } from '../scenario.ts';

/** What a branch weighs. Each kind is measured alone, because what is shared is divided. */

const branchCount = 10;

async function atServing(bench: Bench, programs: Programs): Promise<number[]> {
  const scenario = { branches: branches(branchCount), visits: [], faults: [] };
  const order = { programs, scenario, history: true, folder: bench.folder() };
  const bank = await BareBank.open(order);
  const memory = bank.pids.map(memoryOf);
  await bank.close();
  return memory;
}

async function afterCourse(bench: Bench, programs: Programs): Promise<number[]> {
  const scenario = readScenario(path.join(bench.project, 'inputs/course.json'));
  const order = { programs, scenario, history: true, folder: bench.folder() };
  const bank = await BareBank.open(order);
  try {
    await bank.visitAll();
    return bank.pids.map(memoryOf);
  } finally {
    await bank.close();
  }
}

export const memory: Row = {
  name: 'memory',
  async measure(bench) {
    const [real, floor] = [realPrograms(bench), floorPrograms(bench)];
    const serving = { samples: await atServing(bench, real), floor: await atServing(bench, floor) };
    const after = {
      samples: await afterCourse(bench, real),
      floor: await afterCourse(bench, floor),
    };
    const note = `all 50 branches together ${(median(after.samples) * 50).toFixed(0)} MB`;
    return [
      { title: 'memory of a branch that serves', unit: 'MB', ...serving, aim: { atMost: 1.25 } },
      {
        title: 'memory of a branch after the course run',
        unit: 'MB',
        ...after,
        aim: { atMost: 1.5 },
        note,
      },
    ];
  },
};
