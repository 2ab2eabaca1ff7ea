import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import type { HistoryRecord } from '../bank/history.ts';
import { checkHistory } from '../checker/check.ts';
import type { PageData } from '../report/data.ts';
import { sceneOf } from '../report/picture/scene.ts';
import type { View } from '../report/picture/view.ts';
import { writeReport } from '../report/render.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { projectFolder } from './project.ts';

/** Reports in a browser, for the test file that imports this: one browser for all its tests. */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
let browser: Browser | undefined;
let template = '';

before(async () => {
  if (noBrowser !== false) return;
  // The build knows the project by its own place, so it is not taken from among the compiled tests.
  const build: typeof import('../build/build.js') = await import(
    pathToFileURL(path.join(projectFolder, 'build/build.js')).href
  );
  template = await build.buildReportPage(folder);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

export interface Opened {
  readonly page: Page;
  readonly data: PageData;
  /** Whatever the page asked the network for or complained about. */
  readonly noise: readonly string[];
}

/** Writes the report of these records and opens it from disk. */
export async function open(
  records: Iterable<HistoryRecord>,
  scheme: 'light' | 'dark' = 'light',
): Promise<Opened> {
  const own = fs.mkdtempSync(path.join(folder, 'run-'));
  const history = path.join(own, 'history.jsonl');
  writeLines(history, records);
  const file = path.join(own, 'report.html');
  const result = await writeReport({ history }, await checkHistory(history), file, template);
  assert.ok(result.written && browser);
  const viewport = { width: 1_200, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme: scheme });
  const noise = listen(page, pathToFileURL(file).href);
  await page.goto(pathToFileURL(file).href);
  await page.locator('.stage[data-shapes]').waitFor();
  return { page, data: result.data, noise };
}

function writeLines(file: string, records: Iterable<HistoryRecord>): void {
  const handle = fs.openSync(file, 'w');
  for (const record of records) fs.writeSync(handle, `${JSON.stringify(record)}\n`);
  fs.closeSync(handle);
}

function listen(page: Page, url: string): string[] {
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('request', (request) => {
    const asked = request.url();
    if (asked !== url && !asked.startsWith('data:')) noise.push(asked);
  });
  return noise;
}

export const stage = (page: Page): Locator => page.locator('.stage');

export const ticksOf = (page: Page): Promise<string[]> =>
  page.locator('.axis text').allTextContents();

/** The part of the diagram that the page shows when it opens, as its own code sees it. */
export async function wholeView(page: Page, data: PageData): Promise<View> {
  const box = await page.locator('.surface').boundingBox();
  const { width, height } = box ?? { width: 0, height: 0 };
  const laneHeight = Math.min(44, height / data.lanes.length);
  return { from: 0, to: sceneOf(data, 'folded').warp.length, width, height, top: 0, laneHeight };
}

/** Waits until something on the page is so; pages draw when they next can. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`never came: ${what}`);
}

/** Does something that the page answers by showing another value. */
export async function changes<Value>(
  read: () => Promise<Value>,
  act: () => Promise<unknown>,
): Promise<void> {
  const old = JSON.stringify(await read());
  await act();
  await until(`anything but ${old}`, async () => JSON.stringify(await read()) !== old);
}
