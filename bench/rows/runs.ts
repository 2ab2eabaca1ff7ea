import fs from 'node:fs';
import path from 'node:path';
import type { Scenario } from '../../bank/scenario.ts';
import type { Programs } from '../bank.ts';
import { bareRun, pm2, pm2Home, tallyRun, time } from '../command.ts';
import { type Bench, type Figure, median, type Row, takeTurns } from '../figure.ts';
import { floorPrograms, realPrograms } from '../programs.ts';
import { readScenario, roundTrip, writeScenario } from '../scenario.ts';

/** Whole runs, from `node …` to the end of the last process. */

const inputOf = ({ project }: Bench, name: string): string =>
  path.join(project, 'inputs', `${name}.json`);

/** A run that starts pm2's daemon and ends it, as on a machine where nobody uses pm2. */
async function coldRun(bench: Bench, input: string): Promise<number> {
  const folder = bench.folder();
  return time(tallyRun(bench, input, folder), pm2Home(folder));
}

const bare = (bench: Bench, input: string, programs: Programs): Promise<number> =>
  time(bareRun(bench, input, programs));

export const exampleCold: Row = {
  name: 'example-cold',
  async measure(bench) {
    const input = inputOf(bench, 'example');
    const [samples = [], floor = []] = await takeTurns(bench.quick ? 3 : 9, [
      () => coldRun(bench, input),
      () => bare(bench, input, realPrograms(bench)),
    ]);
    const title = "the example, with pm2's daemon to start and end";
    return [{ title, unit: 'ms', samples, floor, aim: { atMost: 2.3 } }];
  },
};

export const exampleWarm: Row = {
  name: 'example-warm',
  async measure(bench) {
    const input = inputOf(bench, 'example');
    const home = bench.folder();
    await pm2(bench, 'ping', home);
    try {
      const [samples = [], floor = []] = await takeTurns(bench.quick ? 3 : 9, [
        () => time(tallyRun(bench, input, bench.folder()), pm2Home(home)),
        () => bare(bench, input, realPrograms(bench)),
      ]);
      const title = "the example, with pm2's daemon running";
      return [{ title, unit: 'ms', samples, floor, aim: { atMost: 1.6 } }];
    } finally {
      await pm2(bench, 'kill', home);
    }
  },
};

/** What `npm run` adds, since the other figures start with `node`. */
export const npm: Row = {
  name: 'npm',
  async measure(bench) {
    const tally = path.join(bench.project, 'tally.js');
    const environment = { HOME: bench.folder() };
    const [samples = [], floor = []] = await takeTurns(bench.quick ? 2 : 5, [
      () =>
        time(['npm', '--prefix', bench.project, 'run', '-s', 'sim', '--', '--help'], environment),
      () => time([process.execPath, tally, '--help'], environment),
    ]);
    return [{ title: 'npm run sim -- --help, against node tally.js', unit: 'ms', samples, floor }];
  },
};

export const course: Row = {
  name: 'course',
  measure: (bench) =>
    wholeRun(bench, {
      title: '50 branches, 100 visits, 200 events',
      scenario: readScenario(inputOf(bench, 'course')),
      rounds: bench.quick ? 1 : 3,
    }),
};

export const hundred: Row = {
  name: 'hundred',
  measure: (bench) =>
    wholeRun(bench, {
      title: '100 branches, 100 visits, 90 queries, 10 deposits',
      scenario: roundTrip(100),
      rounds: bench.quick ? 1 : 3,
    }),
};

interface WholeRun {
  readonly title: string;
  readonly scenario: Scenario;
  readonly rounds: number;
}

async function wholeRun(bench: Bench, { title, scenario, rounds }: WholeRun): Promise<Figure[]> {
  const input = path.join(bench.folder(), 'input.json');
  writeScenario(input, scenario);
  const [samples = [], floor = [], starts = []] = await takeTurns(rounds, [
    () => coldRun(bench, input),
    () => bare(bench, input, floorPrograms(bench)),
    () => leanestStart(bench),
  ]);
  const processes = scenario.branches.length + scenario.visits.length;
  const leanest = (processes * median(starts)) / cores;
  const note = `${(median(samples) / leanest).toFixed(2)} x (${processes} processes x ${median(starts).toFixed(0)} ms of an empty Node.js program / ${cores} cores)`;
  return [{ title, unit: 'ms', samples, floor, aim: { atMost: 1.1 }, note }];
}

const cores = 2;

async function leanestStart(bench: Bench): Promise<number> {
  const file = path.join(bench.folder(), 'empty.cjs');
  fs.writeFileSync(file, '');
  const [times = []] = await takeTurns(10, [() => time([process.execPath, file])]);
  return median(times);
}
