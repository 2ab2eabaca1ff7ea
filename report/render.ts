import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { limits } from '../bank/limits.ts';
import { readHistory, type TakeRecord } from '../checker/read.ts';
import type { Verdict } from '../checker/verdict.ts';
import type { PageData } from './data.ts';
import { countLines } from './count-lines.ts';
import { ReportModel } from './model/model.ts';
import { selectWindows } from './model/windows.ts';
import { pageVerdict } from './verdict.ts';

/** Stands in the template where the data goes. */
const dataMark = `"the run's data"`;

/** The page without data, as the build leaves it beside this code. */
const builtTemplate = fileURLToPath(new URL('./report.html', import.meta.url));

export type ReportResult =
  | { readonly written: true; readonly data: PageData }
  /** Without a run record it is not known which branches and visits there are. */
  | { readonly written: false; readonly reason: 'no-run'; readonly message: string };

/**
 * The report of a run that goes on. It takes the records as somebody reads them anyway, so that they
 * need not be read again; until they are more than a page shows.
 */
export class ReportDraft {
  #model: ReportModel | undefined;
  #taken = 0;

  readonly take: TakeRecord = (record, line) => {
    this.#taken += 1;
    if (line > limits.reportLines) this.#model = undefined;
    else if (record.kind === 'run') this.#model ??= new ReportModel(record);
    this.#model?.add(record, line);
  };

  /**
   * To be called once, at the end.
   * @returns undefined when the history has to be read again
   */
  finish(verdict: Verdict): PageData | undefined {
    return this.#model?.finish(pageVerdict(verdict), verdict.summary.lines - this.#taken);
  }
}

/** A recorded run, and what was taken of it already. */
export interface ReportSource {
  readonly history: string;
  readonly draft?: ReportDraft;
}

/**
 * Writes the report of one recorded run, complete or cut short, as a self-contained HTML file.
 * The file appears whole or not at all. A history that cannot be read throws.
 */
export async function writeReport(
  { history, draft }: ReportSource,
  verdict: Verdict,
  outPath: string,
  templatePath = builtTemplate,
): Promise<ReportResult> {
  const data = draft?.finish(verdict) ?? (await readModel(history, verdict));
  if (!data) return { written: false, reason: 'no-run', message: noRun(history) };
  const template = await fs.readFile(templatePath, 'utf8');
  await writePage(template, data, outPath);
  return { written: true, data };
}

const noRun = (historyPath: string): string =>
  `No report: ${historyPath} holds no run record, so it is not the history of a run.`;

async function readModel(path: string, verdict: Verdict): Promise<PageData | undefined> {
  const shown = pageVerdict(verdict);
  const around = shown.violations.flatMap(({ evidence }) => evidence.slice(0, 1));
  const selection = selectWindows(
    await linesAtMost(path),
    around.map(({ line }) => line),
    limits.reportLines,
  );
  let model: ReportModel | undefined;
  const reading = await readHistory(path, (record, line) => {
    if (record.kind === 'run') model ??= new ReportModel(record, selection);
    model?.add(record, line);
  });
  return model?.finish(shown, reading.unreadableCount + (reading.torn ? 1 : 0));
}

/** No line is shorter than this, so a small file need not be counted. */
const lineBytesLeast = 64;

async function linesAtMost(path: string): Promise<number> {
  const { size } = await fs.stat(path);
  const most = Math.ceil(size / lineBytesLeast);
  return most <= limits.reportLines ? most : countLines(path);
}

async function writePage(template: string, data: PageData, outPath: string): Promise<void> {
  const split = template.indexOf(dataMark);
  if (split === -1) throw new Error(`The report's template has no ${dataMark} in it.`);
  const draft = `${outPath}.${process.pid}.draft`;
  const file = await fs.open(draft, 'w');
  try {
    await file.write(template.slice(0, split));
    for (const piece of jsonPieces(data)) await file.write(piece);
    await file.write(template.slice(split + dataMark.length));
  } finally {
    await file.close();
  }
  await fs.rename(draft, outPath);
}

/** The data as JSON inside a script element, a table's column at a time. */
function* jsonPieces(data: PageData): Generator<string> {
  let separator = '{';
  for (const [name, value] of Object.entries(data)) {
    yield `${separator}"${name}":`;
    if (name === 'messages' || name === 'marks') yield* columnPieces(value);
    else yield escaped(value);
    separator = ',';
  }
  yield '}';
}

function* columnPieces(columns: object): Generator<string> {
  let separator = '{';
  for (const [name, column] of Object.entries(columns)) {
    yield `${separator}"${name}":${escaped(column)}`;
    separator = ',';
  }
  yield '}';
}

/** A `<` in a text could end the script element that it stands in. */
const escaped = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
