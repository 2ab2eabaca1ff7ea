import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkHistory } from './check.ts';
import { readHistory } from './read.ts';
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
