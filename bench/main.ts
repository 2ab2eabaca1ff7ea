// Measures Tally against floors that are taken in the same run on the same machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Figure, Row } from './figure.ts';
import { endTogether } from './launch.ts';
import { checker, history } from './rows/checking.ts';
import { cluster } from './rows/cluster.ts';
import { longRows } from './rows/long.ts';
import { memory } from './rows/memory.ts';
import { queries, updateRows } from './rows/rates.ts';
import { report } from './rows/report.ts';
import { course, exampleCold, exampleWarm, hundred, npm } from './rows/runs.ts';
import { scale } from './rows/scale.ts';
import { asJson, table } from './table.ts';

const rows: readonly Row[] = [
  exampleCold,
  exampleWarm,
  npm,
  course,
  hundred,
  queries,
  ...updateRows,
  memory,
  history,
  scale,
  checker,
  report,
  cluster,
  ...longRows,
];

const usage = `npm run bench [-- options]

  --only NAME    measure one row: ${rows.map(({ name }) => name).join(', ')}
  --quick        fewer and smaller samples: minutes instead of half an hour
  --json FILE    write every sample into a file as well
`;

/** Where the product's build, the bench's programs and the project are; the build's business. */
export type Places = Omit<Bench, 'quick' | 'folder'>;

export async function main(parameters: string[], places: Places): Promise<number> {
  const options = readOptions(parameters);
  const wanted = rows.filter(({ name }) => options?.only === undefined || name === options.only);
  if (options === undefined || wanted.length === 0) {
    console.error(usage);
    return 64;
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tb-'));
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
  endTogether();
  const bench = { ...places, quick: options.quick, folder: () => newFolder(scratch) };
  const figures = await measure(wanted, bench);
  console.log(table(figures));
  if (options.json !== undefined) fs.writeFileSync(options.json, asText(figures));
  return 0;
}

async function measure(wanted: readonly Row[], bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const row of wanted) {
    console.error(`measuring ${row.name}`);
    figures.push(...(await row.measure(bench)));
  }
  return figures;
}

interface Options {
  readonly only: string | undefined;
  readonly json: string | undefined;
  readonly quick: boolean;
}

function readOptions(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string' },
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
      },
    });
    return { only: values.only, json: values.json, quick: values.quick };
  } catch (error) {
    console.error(error instanceof Error ? error.message : '');
    return undefined;
  }
}

/** Short names, because the paths of sockets are. */
function newFolder(scratch: string): string {
  return fs.mkdtempSync(path.join(scratch, 'r'));
}

function asText(figures: readonly Figure[]): string {
  const [core] = os.cpus();
  const machine = {
    cores: os.cpus().length,
    model: core?.model,
    node: process.version,
    load: os.loadavg(),
  };
  return `${JSON.stringify({ machine, figures: asJson(figures) }, null, 2)}\n`;
}
