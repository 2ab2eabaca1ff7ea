import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { consultLedger, Ledger } from './ledger.ts';
import type { LedgerRecord } from './protocol.ts';
import { encodeRecord } from './record.ts';

const records: LedgerRecord[] = [
  { kind: 'open', runId: 'a', branch: 1, balance: 400 },
  { kind: 'prepare', tx: '1.1', origin: 1, version: 1, delta: 5, prevTx: '' },
  { kind: 'commit', tx: '1.1', version: 1, balance: 405 },
];

const fileIn = (t: TestContext): string => path.join(scratchFolder(t), 'ledgers/branch-1.jsonl');

function write(file: string, lines: readonly LedgerRecord[]): void {
  const opened = Ledger.open(file, () => undefined);
  assert.ok(opened.ok);
  for (const line of lines) opened.ledger.append(line);
}

function replay(file: string): { records: LedgerRecord[]; opened: ReturnType<typeof Ledger.open> } {
  const seen: LedgerRecord[] = [];
  const opened = Ledger.open(file, (record) => {
    seen.push(record);
    return undefined;
  });
  return { records: seen, opened };
}

test('what was appended is replayed', (t) => {
  const file = fileIn(t);
  write(file, records);
  assert.deepEqual(replay(file).records, records);
});

test('a ledger that is longer than one piece is replayed whole', (t) => {
  const file = fileIn(t);
  const many = Array.from({ length: 2_000 }, () => records).flat();
  write(file, many);
  assert.ok(fs.statSync(file).size > 5 * 64 * 1024);
  assert.equal(replay(file).records.length, many.length);
});

test('a torn last line is cut off, and the next record stands in its place', (t) => {
  const file = fileIn(t);
  write(file, records.slice(0, 2));
  fs.appendFileSync(file, '{"kind":"commit","tx":"1.1"');
  const { opened, records: seen } = replay(file);
  assert.deepEqual(seen, records.slice(0, 2));
  assert.equal(opened.ok && opened.tornBytes, 27);
  write(file, records.slice(2));
  assert.deepEqual(replay(file).records, records);
});

test('a line that was changed is refused with file and line', (t) => {
  const file = fileIn(t);
  write(file, records);
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"delta":5', '"delta":50'));
  const { opened } = replay(file);
  assert.ok(!opened.ok && opened.message.startsWith(`${file}:2: `), JSON.stringify(opened));
});

test('a record that contradicts the ones before is refused with file and line', (t) => {
  const file = fileIn(t);
  write(file, records);
  const opened = Ledger.open(file, ({ kind }) => (kind === 'commit' ? 'it cannot be' : undefined));
  assert.deepEqual(opened, { ok: false, message: `${file}:3: it cannot be` });
});

const consulted: { title: string; lines: readonly LedgerRecord[]; torn?: string; word: object }[] =
  [
    {
      title: 'a commit is a decision',
      lines: records,
      word: { decision: 'committed', balance: 405 },
    },
    {
      title: 'an abort is one',
      lines: [...records.slice(0, 2), { kind: 'abort', tx: '1.1' }],
      word: { decision: 'aborted' },
    },
    { title: 'a preparation is none', lines: records.slice(0, 2), word: { decision: 'undecided' } },
    {
      title: 'a torn commit is none',
      lines: records.slice(0, 2),
      torn: encodeRecord(records[2] ?? assert.fail()).slice(0, -1),
      word: { decision: 'undecided' },
    },
    {
      title: 'what follows a damaged line is none',
      lines: records.slice(0, 2),
      torn: `{}\n${encodeRecord(records[2] ?? assert.fail())}`,
      word: { decision: 'undecided' },
    },
    {
      title: 'another update is none',
      lines: records.slice(0, 1),
      word: { decision: 'undecided' },
    },
  ];

for (const { title, lines, torn = '', word } of consulted) {
  test(`in a ledger that is looked up, ${title}`, (t) => {
    const file = fileIn(t);
    write(file, lines);
    fs.appendFileSync(file, torn);
    const { decision, ...rest } = consultLedger(file, '1.1');
    assert.deepEqual({ decision, ...('why' in rest ? {} : rest) }, word);
    // Who wrote it may live on, and nobody else changes it.
    assert.ok(fs.readFileSync(file, 'utf8').endsWith(torn));
  });
}

test('a ledger that cannot be looked up decides nothing', (t) => {
  const file = fileIn(t);
  const word = consultLedger(file, '1.1');
  assert.ok(word.decision === 'undecided');
  assert.match(word.why, /its ledger cannot be read: ENOENT.*branch-1\.jsonl/);
});
