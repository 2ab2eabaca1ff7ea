import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { HistoryRecord } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import { CheckAlong, checkHistory } from '../checker/check.ts';
import type { Verdict } from '../checker/verdict.ts';
import { sampleHistory } from '../test/sample-history.ts';
import { unpackPage } from './columns.ts';
import type { PackedPage } from './columns.ts';
import type { PageData } from './data.ts';
import { ReportDraft, writeReport } from './render.ts';

const template = '<script id="data">the run\'s data</script>';

function dataIn(html: string): PageData {
  const base64 = html.slice('<script id="data">'.length, -'</script>'.length);
  const packed: PackedPage = JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString());
  return unpackPage(packed);
}

function folderOf(context: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  fs.writeFileSync(path.join(folder, 'template.html'), template);
  return folder;
}

async function reportOf(folder: string, text: string) {
  const history = path.join(folder, 'history.jsonl');
  fs.writeFileSync(history, text);
  const page = path.join(folder, 'report.html');
  const verdict = await checkHistory(history);
  const result = await writeReport({ history }, verdict, page, path.join(folder, 'template.html'));
  return { history, page, verdict, result };
}

const linesOf = (records: Iterable<HistoryRecord>): string =>
  [...records].map((record) => `${JSON.stringify(record)}\n`).join('');

const sample = { branches: 3, visits: [1, 2, 3], eventsPerVisit: 3 };

test('the page holds the data, whole and packed', async (context) => {
  const { page, result } = await reportOf(folderOf(context), linesOf(sampleHistory(sample)));
  const data = dataIn(fs.readFileSync(page, 'utf8'));
  assert.ok(result.written);
  assert.deepEqual(data, JSON.parse(JSON.stringify(result.data)));
  assert.equal(data.counts.messages, 36);
});

const drafts = [
  { title: 'whole', text: (text: string) => text },
  { title: 'cut short', text: (text: string) => text.slice(0, text.length / 2) },
  { title: 'with lines that are no records', text: (text: string) => `${text}oops\n[]\n` },
];

for (const { title, text } of drafts) {
  test(`a report drafted along a run is the one that is made afterwards: ${title}`, async (context) => {
    const { history, page, verdict } = await reportOf(
      folderOf(context),
      text(linesOf(sampleHistory({ ...sample, crash: true }))),
    );
    const draft = new ReportDraft();
    await new CheckAlong(history, draft.take).conclude();
    const afterwards = fs.readFileSync(page, 'utf8');
    fs.rmSync(history);
    fs.rmSync(page);
    const template = path.join(path.dirname(history), 'template.html');
    await writeReport({ history, draft }, verdict, page, template);
    assert.equal(fs.readFileSync(page, 'utf8'), afterwards);
  });
}

test('a history that does not fit on a page is read again', async () => {
  const draft = new ReportDraft();
  let line = 0;
  for (const record of sampleHistory(sample)) draft.take(record, (line += 1));
  const summary = { lines: line, events: 0, answered: 0, unknownOutcomes: 0, branches: 3 };
  const verdict: Verdict = {
    verdict: 'valid',
    summary: { ...summary, checked: [], notChecked: [] },
    command: '',
  };
  assert.ok(draft.finish(verdict));
  const [last] = [...sampleHistory(sample)].slice(-1);
  assert.ok(last);
  draft.take(last, limits.reportLines + 1);
  assert.equal(draft.finish(verdict), undefined);
});

test('no text of a history can end the script element', async (context) => {
  const text = '</script><b>&';
  const records = [...sampleHistory({ ...sample, crash: true })].map((record) =>
    record.kind === 'fault' ? { ...record, text } : record,
  );
  const { page } = await reportOf(folderOf(context), linesOf(records));
  const html = fs.readFileSync(page, 'utf8');
  assert.equal(html.split('<').length, 3);
  assert.ok(JSON.stringify(dataIn(html)).includes(text));
});

test('a history that was cut short is reported up to there', async (context) => {
  const text = linesOf(sampleHistory(sample));
  const { result } = await reportOf(folderOf(context), text.slice(0, text.length / 2));
  assert.ok(result.written);
  assert.equal(result.data.verdict.verdict, 'unknown');
  assert.equal(result.data.run.end, undefined);
  assert.equal(result.data.counts.unreadable, 1);
});

test('what is no history of a run is said to be none, and nothing is written', async (context) => {
  const folder = folderOf(context);
  const { result, page } = await reportOf(folder, 'nothing\n');
  assert.ok(!result.written);
  assert.equal(result.reason, 'no-run');
  assert.equal(fs.existsSync(page), false);
});

test('a second report replaces the first, and no draft is left', async (context) => {
  const folder = folderOf(context);
  await reportOf(folder, linesOf(sampleHistory(sample)));
  await reportOf(folder, linesOf(sampleHistory({ ...sample, visits: [1] })));
  assert.deepEqual(fs.readdirSync(folder).toSorted(), [
    'history.jsonl',
    'report.html',
    'template.html',
  ]);
});
