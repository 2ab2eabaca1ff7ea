import fs from 'node:fs';
import path from 'node:path';
import type { Scenario } from '../../bank/scenario.ts';
import { runFiles } from '../../bank/topology.ts';
import { pm2Home, start, success, tallyRun } from '../command.ts';
import { type Bench, type Figure, median, type Row } from '../figure.ts';
import { memoryOf, processesOf } from '../kernel.ts';
import { stream, writeScenario } from '../scenario.ts';

/** One customer with very many events: nothing may grow or slow down from the first to the last. */

const lookMs = 200;

/** So many events are answered, and so much memory each kind of process has. */
interface Look {
  readonly ms: number;
  readonly done: number;
  readonly memory: Readonly<Record<Kind, number>>;
}

type Kind = 'customer' | 'branches' | 'supervisor';
const kinds: readonly Kind[] = ['customer', 'branches', 'supervisor'];

async function follow(bench: Bench, scenario: Scenario): Promise<Look[]> {
  const folder = bench.folder();
  const input = path.join(folder, 'input.json');
  writeScenario(input, scenario);
  const command = tallyRun(bench, input, folder);
  const supervisor = start(command, pm2Home(folder));
  const ended = success(supervisor, command);
  const answers = new LineCounter(path.join(folder, 'runs/latest', runFiles.visitResult(1)));
  const looks: Look[] = [];
  const timer = setInterval(() => {
    const done = answers.count();
    const [customer] = processesOf(folder, 'customer.cjs');
    if (done === 0 || customer === undefined) return;
    const branches = processesOf(folder, 'branch.cjs').map(memoryOrNone);
    const memory = {
      customer: memoryOrNone(customer),
      branches: branches.reduce((sum, one) => sum + one, 0),
      supervisor: memoryOrNone(supervisor.pid ?? 0),
    };
    looks.push({ ms: performance.now(), done, memory });
  }, lookMs);
  await ended.finally(() => clearInterval(timer));
  return looks;
}

function memoryOrNone(pid: number): number {
  try {
    return memoryOf(pid);
  } catch {
    // It has just ended.
    return NaN;
  }
}

/** Counts the lines of a file that grows, reading each once. */
class LineCounter {
  private readonly file: string;
  private readonly piece = Buffer.alloc(1024 * 1024);
  private descriptor: number | undefined;
  private lines = 0;

  constructor(file: string) {
    this.file = file;
  }

  count(): number {
    if (this.descriptor === undefined && fs.existsSync(this.file))
      this.descriptor = fs.openSync(this.file, 'r');
    if (this.descriptor === undefined) return 0;
    for (;;) {
      const length = fs.readSync(this.descriptor, this.piece);
      if (length === 0) return this.lines;
      const piece = this.piece.subarray(0, length);
      for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) this.lines += 1;
    }
  }
}

const rateOf = (looks: readonly Look[]): number => {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last || first === last) throw new Error('too few looks at the run');
  return ((last.done - first.done) / (last.ms - first.ms)) * 1_000;
};

interface Length {
  readonly name: string;
  readonly kind: 'query' | 'deposit';
  readonly branches: number;
  readonly events: number;
}

const long = ({ name, kind, branches, events }: Length): Row => ({
  name,
  async measure(bench): Promise<Figure[]> {
    const count = bench.quick ? events / 20 : events;
    const looks = await follow(bench, stream(branches, kind, count));
    const first = looks.filter(({ done }) => done <= count / 10);
    const last = looks.filter(({ done }) => done >= count * 0.9);
    const what = `${count.toLocaleString('en')} ${kind === 'query' ? 'queries' : 'deposits'}`;
    const title = `${what}: last tenth against first,`;
    const figures = kinds.map((process): Figure => {
      const of = (some: readonly Look[]): number[] => [
        median(some.map(({ memory }) => memory[process])),
      ];
      const grown = { samples: of(last), floor: of(first) };
      return { title: `${title} memory of ${process}`, unit: 'MB', ...grown, aim: { atMost: 1.1 } };
    });
    const rates = { samples: [rateOf(last)], floor: [rateOf(first)] };
    return [{ title: `${title} rate`, unit: 'per s', ...rates, aim: { atLeast: 0.9 } }, ...figures];
  },
});

export const longRows: readonly Row[] = [
  long({ name: 'long-queries', kind: 'query', branches: 1, events: 1_000_000 }),
  long({ name: 'long-updates', kind: 'deposit', branches: 3, events: 100_000 }),
];
