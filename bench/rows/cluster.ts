import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { HistoryRecord } from '../../bank/history.ts';
import { runFiles } from '../../bank/topology.ts';
import { Cluster } from '../../test/cluster/cluster.ts';
import { findGrounds } from '../../test/cluster/grounds.ts';
import { pm2Home, start, tallyRun } from '../command.ts';
import type { Bench, Figure, Row } from '../figure.ts';
import { memoryOf, processesOf, processorMsOf } from '../kernel.ts';
import { roundTrip, writeScenario } from '../scenario.ts';

/**
 * The same run across three nodes of a cluster on this machine, and under pm2. Both have the same
 * processors, so the difference is what Slurm, the agents and encryption cost.
 */

const nodes = 3;
const lookMs = 500;
const withinMs = 10 * 60 * 1_000;

/** Milliseconds and megabytes of one run whose branches are held up after the last customer. */
interface Sample {
  /** From the first line of the history until the last branch serves. */
  readonly startMs: number;
  /** From then until the last customer has its answer. */
  readonly visitsMs: number;
  /** From the word to stop until the command has ended. */
  readonly endMs: number;
  readonly branches: Use;
  /** Agents and srun; under pm2 nothing. */
  readonly others: Use;
}

/** What processes have and have used, all together. */
interface Use {
  readonly megabytes: number;
  readonly processorMs: number;
}

/** How a run is started, and which of its processes there are besides branches. */
interface Engine {
  readonly command: (tally: readonly string[]) => readonly string[];
  readonly branches: (runId: string) => readonly number[];
  readonly others: (runId: string) => readonly number[];
}

const pm2: Engine = {
  command: (tally) => tally,
  branches: (runId) => processesOf(runId, 'branch.cjs'),
  others: () => [],
};

const slurm = (cluster: Cluster): Engine => ({
  command: (tally) => [...cluster.head, ...tally, '--engine', 'slurm', '--nodes', String(nodes)],
  branches: () => pidsOnNodes(cluster, (command) => command.includes(' branch.cjs ')),
  others: (runId) => [
    ...pidsOnNodes(cluster, (command) => command.endsWith(runId)),
    ...processesOf(runId, 'srun'),
  ],
});

/** An agent's command ends with the run's id. */
const pidsOnNodes = (cluster: Cluster, isWanted: (command: string) => boolean): number[] =>
  cluster.nodes.flatMap((node) =>
    cluster
      .processesOn(node)
      .filter(({ command }) => isWanted(command))
      .map(({ pid }) => pid),
  );

async function sample(bench: Bench, count: number, engine: Engine): Promise<Sample> {
  const folder = bench.folder();
  const input = path.join(folder, 'input.json');
  writeScenario(input, roundTrip(count));
  const command = engine.command([...tallyRun(bench, input, folder), '--hold']);
  const run = start(command, pm2Home(folder));
  const ended = new Promise((resolve) => run.once('close', resolve));
  try {
    const records = await untilServed(
      path.join(folder, 'runs/latest', runFiles.history),
      count,
      run,
    );
    const uses = readUses(records, engine);
    const began = performance.now();
    run.kill('SIGINT');
    await ended;
    return { ...readTimes(records), ...uses, endMs: performance.now() - began };
  } finally {
    run.kill('SIGKILL');
  }
}

async function untilServed(
  history: string,
  count: number,
  run: ChildProcess,
): Promise<readonly HistoryRecord[]> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline && run.exitCode === null) {
    const text = fs.existsSync(history) ? fs.readFileSync(history, 'utf8') : '';
    // Reading them all takes processor time that the run needs: not before it is worth it.
    if (text.split('"kind":"outcome"').length > count) return readRecords(text);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error(`${count} customers were not served within ${withinMs / 1_000} s`);
}

const readRecords = (text: string): HistoryRecord[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as HistoryRecord);

function readTimes(records: readonly HistoryRecord[]): Pick<Sample, 'startMs' | 'visitsMs'> {
  const [first] = records;
  const last = (kind: HistoryRecord['kind']): number =>
    Math.max(...records.filter((record) => record.kind === kind).map(({ wall }) => wall));
  const startMs = last('ready') - (first?.wall ?? NaN);
  return { startMs, visitsMs: last('outcome') - last('ready') };
}

function readUses(
  records: readonly HistoryRecord[],
  engine: Engine,
): Pick<Sample, 'branches' | 'others'> {
  const [first] = records;
  if (first?.kind !== 'run') throw new Error('the history does not begin with its run');
  const { runId } = first;
  return { branches: useOf(engine.branches(runId)), others: useOf(engine.others(runId)) };
}

const useOf = (pids: readonly number[]): Use => ({
  megabytes: sum(pids.map(memoryOf)),
  processorMs: sum(pids.map(processorMsOf)),
});

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const inWords = ({ megabytes, processorMs }: Use): string =>
  `${megabytes.toFixed(0)} MB and ${(processorMs / 1_000).toFixed(1)} s of processor time`;

function figures(count: number, ours: Sample, floor: Sample): Figure[] {
  const figure = (title: string, of: (sample: Sample) => number, note?: string): Figure => ({
    title: `${count} branches, ${title}`,
    unit: 'ms',
    samples: [of(ours)],
    floor: [of(floor)],
    ...(note === undefined ? {} : { note }),
  });
  const uses = `branches ${inWords(ours.branches)}; agents and srun ${inWords(ours.others)}; under pm2 branches ${inWords(floor.branches)}`;
  return [
    figure('start', ({ startMs }) => startMs, uses),
    figure('a visit to each', ({ visitsMs }) => visitsMs),
    figure('end', ({ endMs }) => endMs),
  ];
}

export const cluster: Row = {
  name: 'cluster',
  async measure(bench): Promise<Figure[]> {
    const found = findGrounds();
    if ('reason' in found) {
      console.error(found.reason);
      return [];
    }
    const up = await Cluster.start(found.grounds, nodes);
    try {
      const all: Figure[] = [];
      for (const count of bench.quick ? [12] : [50, 100, 200]) {
        const ours = await sample(bench, count, slurm(up));
        all.push(...figures(count, ours, await sample(bench, count, pm2)));
      }
      return all;
    } finally {
      await up.close();
    }
  },
};
