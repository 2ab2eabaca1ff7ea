import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { limits } from '../bank/limits.ts';
import { readHistory, type TakeRecord } from '../checker/read.ts';
import type { Verdict } from '../checker/verdict.ts';
import { packPage } from './columns.ts';
import type { PageData } from './data.ts';
import { countLines } from './count-lines.ts';
import { ReportModel } from './model/model.ts';
import { selectWindows } from './model/windows.ts';
import { pageVerdict } from './verdict.ts';

/** Stands in the template where the data goes. */
const dataMark = "the run's data";

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

/** A run waits for its report, and zlib's usual level takes a seventh off for four times the work. */
const quickly = { level: constants.Z_BEST_SPEED };

async function writePage(template: string, data: PageData, outPath: string): Promise<void> {
  if (!template.includes(dataMark)) {
    throw new Error(`The report's template has no ${dataMark} in it.`);
  }
  const packed = await promisify(gzip)(JSON.stringify(packPage(data)), quickly);
  const draft = `${outPath}.${process.pid}.draft`;
  await fs.writeFile(draft, template.replace(dataMark, packed.toString('base64')));
  await fs.rename(draft, outPath);
}
