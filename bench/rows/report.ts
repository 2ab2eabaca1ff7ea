import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkHistory } from '../../checker/check.ts';
import { writeReport } from '../../report/render.ts';
import { launchBrowser, noBrowser } from '../../test/browser.ts';
import { sampleHistory } from '../../test/sample-history.ts';
import { type Bench, type Row, takeTurns } from '../figure.ts';

/** How long a person waits for the report of a large run. */

const allowedMs = 2_000;

export const report: Row = {
  name: 'report',
  async measure(bench) {
    if (noBrowser !== false) {
      console.error(`report: skipped, ${noBrowser}`);
      return [];
    }
    const folder = bench.folder();
    const empty = path.join(folder, 'empty.html');
    fs.writeFileSync(empty, '<!doctype html><title>empty</title>');
    const { file, messages } = await writePage(bench, folder);
    const browser = await launchBrowser();
    const open = async (page: string, awaited: string): Promise<number> => {
      const tab = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
      const began = performance.now();
      await tab.goto(pathToFileURL(page).href);
      await tab.locator(awaited).waitFor({ state: 'attached' });
      const took = performance.now() - began;
      await tab.close();
      return took;
    };
    const [full = [], bare = []] = await takeTurns(bench.quick ? 2 : 5, [
      () => open(file, '.stage[data-shapes]'),
      () => open(empty, 'title'),
    ]);
    await browser.close();
    const samples = full.map((ms, index) => ms - (bare[index] ?? 0));
    const title = `first picture of ${messages.toLocaleString('en')} messages, beyond an empty page, against ${allowedMs} ms`;
    return [{ title, unit: 'ms', samples, floor: [allowedMs], aim: { atMost: 1 } }];
  },
};

async function writePage(
  { product, quick }: Bench,
  folder: string,
): Promise<{ file: string; messages: number }> {
  const visits = Array.from({ length: quick ? 21 : 101 }, (_, index) => 1 + (index % 100));
  const records = sampleHistory({ branches: 100, visits, eventsPerVisit: 8 });
  const history = path.join(folder, 'history.jsonl');
  const lines = [...records].map((record) => `${JSON.stringify(record)}\n`);
  fs.writeFileSync(history, lines.join(''));
  const file = path.join(folder, 'report.html');
  const template = path.join(product, 'report.html');
  const result = await writeReport({ history }, await checkHistory(history), file, template);
  if (!result.written) throw new Error(result.message);
  return { file, messages: result.data.counts.messages };
}
