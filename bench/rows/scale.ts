import fs from 'node:fs';
import path from 'node:path';
import type { HistoryRecord } from '../../bank/history.ts';
import { runFiles } from '../../bank/topology.ts';
import { pm2Home, start, tallyRun } from '../command.ts';
import { type Bench, type Figure, type Row } from '../figure.ts';
import { memoryOf, processesOf } from '../kernel.ts';
import { branches, writeScenario } from '../scenario.ts';

/** Start-up time and memory must grow with the number of branches, and no faster. */

const lookMs = 50;
const withinMs = 120_000;

interface Size {
  readonly count: number;
  /** From the first line of the history until the last branch serves. */
  readonly startMs: number;
  readonly megabytes: number;
}

async function bringUp(bench: Bench, count: number): Promise<Size> {
  const folder = bench.folder();
  const input = path.join(folder, 'input.json');
  writeScenario(input, { branches: branches(count), visits: [], faults: [] });
  const supervisor = start([...tallyRun(bench, input, folder), '--hold'], pm2Home(folder));
  const ended = new Promise((resolve) => supervisor.once('close', resolve));
  try {
    const startMs = await untilReady(path.join(folder, 'runs/latest', runFiles.history), count);
    const pids = processesOf(folder, 'branch.cjs');
    if (pids.length !== count) throw new Error(`${pids.length} of ${count} branches run`);
    return { count, startMs, megabytes: pids.map(memoryOf).reduce((sum, one) => sum + one, 0) };
  } finally {
    supervisor.kill('SIGINT');
    await ended;
  }
}

async function untilReady(history: string, count: number): Promise<number> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const times = fs.existsSync(history) ? readTimes(history) : { ready: [] };
    if (times.first !== undefined && times.ready.length === count)
      return Math.max(...times.ready) - times.first;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error(`${count} branches were not ready within ${withinMs / 1_000} s`);
}

function readTimes(history: string): { first?: number; ready: number[] } {
  const lines = fs.readFileSync(history, 'utf8').split('\n').slice(0, -1);
  const records = lines.map((line) => JSON.parse(line) as HistoryRecord);
  const ready = records.filter(({ kind }) => kind === 'ready').map(({ wall }) => wall);
  const [first] = records;
  return first ? { first: first.wall, ready } : { ready };
}

/** The straight line through the sizes, in words. */
function fit(sizes: readonly Size[], of: (size: Size) => number): string {
  const meanX = sizes.reduce((sum, { count }) => sum + count, 0) / sizes.length;
  const meanY = sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length;
  const above = sizes.reduce((sum, size) => sum + (size.count - meanX) * (of(size) - meanY), 0);
  const slope = above / sizes.reduce((sum, { count }) => sum + (count - meanX) ** 2, 0);
  const points = sizes.map((size) => `${size.count}: ${of(size).toFixed(0)}`).join(', ');
  return `${points}; ${(meanY - slope * meanX).toFixed(0)} + ${slope.toFixed(1)} for each branch`;
}

export const scale: Row = {
  name: 'scale',
  async measure(bench): Promise<Figure[]> {
    const counts = bench.quick ? [10, 20, 40] : [50, 100, 150, 200];
    const sizes: Size[] = [];
    for (const count of counts) sizes.push(await bringUp(bench, count));
    const [least, most] = [sizes[0], sizes.at(-1)];
    if (!least || !most) throw new Error('nothing was measured');
    const factor = most.count / least.count;
    const figure = (what: string, unit: string, of: (size: Size) => number): Figure => ({
      title: `${what} of ${most.count} branches, against ${factor} x ${least.count}`,
      unit,
      samples: [of(most)],
      floor: [of(least) * factor],
      aim: { atMost: 1.1 },
      note: fit(sizes, of),
    });
    return [
      figure('start', 'ms', ({ startMs }) => startMs),
      figure('memory', 'MB', ({ megabytes }) => megabytes),
    ];
  },
};
