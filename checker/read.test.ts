import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { sampleHistory } from '../test/sample-history.ts';
import { CheckAlong, checkHistory } from './check.ts';
import { followHistory, readHistory } from './read.ts';
import type { Reading } from './read.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-read-'));
after(() => fs.rmSync(folder, { recursive: true }));

const line = (text: string): string =>
  JSON.stringify({ process: 'branch-1', life: 0, wall: 1, mono: 1, clock: 1, ...JSON.parse(text) });
const drop = line('{"kind":"drop","tx":"1.1"}');
const long = line(`{"kind":"drop","tx":"${'x'.repeat(3 * 1024 * 1024)}"}`);
const wide = line('{"kind":"fault","subject":"branch-1","fault":"f","text":"Zürich – 10 €"}');

const nothing: Reading = { lines: 0, unreadable: [], unreadableCount: 0, torn: false };

const cases: readonly {
  readonly title: string;
  readonly text: string;
  readonly records: readonly number[];
  readonly reading: Partial<Reading>;
}[] = [
  { title: 'an empty file', text: '', records: [], reading: {} },
  { title: 'whole lines', text: `${drop}\n${drop}\n`, records: [1, 2], reading: { lines: 2 } },
  {
    title: 'a last line that lacks only its newline',
    text: `${drop}\n${drop}`,
    records: [1, 2],
    reading: { lines: 2 },
  },
  {
    title: 'a torn last line',
    text: `${drop}\n${drop.slice(0, -5)}`,
    records: [1],
    reading: { lines: 2, torn: true },
  },
  {
    title: 'a torn line in the middle',
    text: `${drop}\n${drop.slice(0, 20)}${drop}\n${drop}\n`,
    records: [1, 3],
    reading: { lines: 3, unreadable: [2], unreadableCount: 1 },
  },
  {
    title: 'lines that are JSON but no records',
    text: `null\n[]\n{}\n{"kind":"apply"}\n${line('{"kind":"apply","tx":"1.1"}')}\n${drop}\n`,
    records: [6],
    reading: { lines: 6, unreadable: [1, 2, 3, 4, 5], unreadableCount: 5 },
  },
  {
    title: 'a line longer than what is read at once',
    text: `${drop}\n${long}\n${drop}\n`,
    records: [1, 2, 3],
    reading: { lines: 3 },
  },
  {
    title: 'letters of several bytes wherever a piece ends',
    text: `${wide}\n`.repeat(20_000),
    records: Array.from({ length: 20_000 }, (_, index) => index + 1),
    reading: { lines: 20_000 },
  },
];

for (const { title, text, records, reading } of cases) {
  test(`a history is read: ${title}`, async () => {
    const file = path.join(folder, 'history.jsonl');
    fs.writeFileSync(file, text);
    const taken: number[] = [];
    const result = await readHistory(file, (record, number) => {
      taken.push(number);
      if (record.kind === 'fault') assert.equal(record.text, 'Zürich – 10 €');
    });
    assert.deepEqual(taken, records);
    assert.deepEqual(result, { ...nothing, ...reading });
  });
}

test('a history is followed to what stands there when it has ended', async () => {
  const file = path.join(folder, 'followed.jsonl');
  const text = `${wide}\n`.repeat(2_000);
  const half = 100_000;
  fs.writeFileSync(file, text.slice(0, half));
  const heard = new EventEmitter();
  const ended = new AbortController();
  let taken = 0;
  const followed = followHistory(
    file,
    () => {
      taken += 1;
      heard.emit('record');
    },
    ended.signal,
  );
  await once(heard, 'record');
  fs.appendFileSync(file, Buffer.from(text).subarray(Buffer.byteLength(text.slice(0, half))));
  ended.abort();
  assert.deepEqual(await followed, { ...nothing, lines: 2_000 });
  assert.equal(taken, 2_000);
});

test('a check along a history that grows has the verdict of a check afterwards', async () => {
  const lines = [...sampleHistory({ branches: 2, visits: [1, 2], eventsPerVisit: 50 })].map(
    (record) => `${JSON.stringify(record)}\n`,
  );
  const file = path.join(folder, 'along.jsonl');
  fs.writeFileSync(file, lines.slice(0, 100).join(''));
  const along = new CheckAlong(file);
  fs.appendFileSync(file, lines.slice(100).join(''));
  const verdict = await along.conclude();
  assert.equal(verdict.verdict, 'valid');
  assert.deepEqual(verdict, await checkHistory(file));
});

test('what is wrong in a history that grows is quoted from its file', async () => {
  const records = [...sampleHistory({ branches: 2, visits: [1], eventsPerVisit: 20 })];
  const lines = records.map((record) =>
    JSON.stringify(
      record.kind === 'outcome' && record.balance !== undefined
        ? { ...record, balance: record.balance + 1 }
        : record,
    ),
  );
  const file = path.join(folder, 'wrong.jsonl');
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  const verdict = await new CheckAlong(file).conclude();
  assert.equal(verdict.verdict, 'invalid');
  assert.deepEqual(verdict, await checkHistory(file));
});

test('a line without an end is refused before it fills the memory', async () => {
  const file = path.join(folder, 'endless');
  fs.writeFileSync(file, 'x'.repeat(17 * 1024 * 1024));
  await assert.rejects(
    readHistory(file, () => {}),
    /A line is longer than 16777216 bytes/,
  );
});

test('a history that cannot be opened is told by the file system', async () => {
  await assert.rejects(checkHistory(path.join(folder, 'missing')), { code: 'ENOENT' });
});

test('a file that is no history has an unknown verdict', async () => {
  const file = path.join(folder, 'other.jsonl');
  fs.writeFileSync(file, 'one\ntwo\n');
  const verdict = await checkHistory(file);
  assert.equal(verdict.verdict, 'unknown');
  assert.deepEqual(verdict.missing, ['a record in lines 1, 2', 'the record of the run']);
  assert.equal(verdict.command, `tally check ${file}`);
});
