import fs from 'node:fs';
import path from 'node:path';
import { checkHistory } from '../../checker/check.ts';
import { sampleHistory } from '../../test/sample-history.ts';
import { bareRun, time } from '../command.ts';
import { type Bench, type Figure, type Row, takeTurns } from '../figure.ts';
import { realPrograms } from '../programs.ts';
import { stream, writeScenario } from '../scenario.ts';

/** What it costs that a run records what happens, and that this is checked. */

export const history: Row = {
  name: 'history',
  async measure(bench) {
    const input = path.join(bench.folder(), 'input.json');
    writeScenario(input, stream(1, 'query', bench.quick ? 8_000 : 30_000));
    const course = path.join(bench.project, 'inputs/course.json');
    return [
      await withAndWithout(bench, { title: 'the course run', input: course, atMost: 1.05 }),
      await withAndWithout(bench, { title: 'a stream of queries', input, atMost: 1.15 }),
    ];
  },
};

interface Compared {
  readonly title: string;
  readonly input: string;
  readonly atMost: number;
}

async function withAndWithout(bench: Bench, { title, input, atMost }: Compared): Promise<Figure> {
  const [samples = [], floor = []] = await takeTurns(bench.quick ? 1 : 3, [
    () => time([...bareRun(bench, input, realPrograms(bench)), 'check']),
    () => time(bareRun(bench, input, realPrograms(bench))),
  ]);
  return { title: `history and check of ${title}`, unit: 'ms', samples, floor, aim: { atMost } };
}

const visits = 100;

export const checker: Row = {
  name: 'checker',
  async measure(bench) {
    const operations = bench.quick ? 50_000 : 1_000_000;
    const file = path.join(bench.folder(), 'history.jsonl');
    await writeHistory(file, operations);
    const [samples = [], floor = []] = await takeTurns(bench.quick ? 2 : 1, [
      () => timeOf(() => checkValid(file)),
      () => timeOf(() => readAndParse(file)),
    ]);
    const title = `check of ${operations.toLocaleString('en')} operations`;
    const note = `a file of ${(fs.statSync(file).size / 2 ** 20).toFixed(0)} MB`;
    return [{ title, unit: 'ms', samples, floor, aim: { atMost: 2 }, note }];
  },
};

async function writeHistory(file: string, operations: number): Promise<void> {
  const records = sampleHistory({
    branches: 1,
    visits: Array.from({ length: visits }, () => 1),
    eventsPerVisit: operations / visits,
  });
  const handle = fs.openSync(file, 'w');
  let lines: string[] = [];
  for (const record of records) {
    lines.push(JSON.stringify(record), '\n');
    if (lines.length < 10_000) continue;
    fs.writeSync(handle, lines.join(''));
    lines = [];
  }
  fs.writeSync(handle, lines.join(''));
  fs.closeSync(handle);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function checkValid(file: string): Promise<void> {
  const { verdict } = await checkHistory(file);
  if (verdict !== 'valid') throw new Error(`the history is ${verdict}`);
}

/** Every line as an object, and nothing done with it. */
async function readAndParse(file: string): Promise<void> {
  const pieces: AsyncIterable<Buffer> = fs.createReadStream(file, { highWaterMark: 1024 * 1024 });
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) JSON.parse(line);
  }
}
