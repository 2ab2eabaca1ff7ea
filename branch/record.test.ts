import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import type { LedgerRecord } from './protocol.ts';
import { type LedgerEntry, encodeRecord, readLedger } from './record.ts';

const records: LedgerRecord[] = [
  { kind: 'open', runId: 'r1', branch: 2, balance: 400 },
  {
    kind: 'prepare',
    tx: '2.1',
    origin: 2,
    version: 1,
    delta: -70,
    prevTx: '',
    event: { entry: 3, position: 1 },
  },
  { kind: 'commit', tx: '2.1', version: 1, balance: 330 },
  { kind: 'prepare', tx: '1.1', origin: 1, version: 2, delta: 5, prevTx: '2.1' },
  { kind: 'abort', tx: '1.1' },
  {
    kind: 'refuse',
    event: { entry: 3, position: 2 },
    reason: 'overdraft',
    detail: 'a balance of 0 €\u2028 does not cover it',
  },
];
const text = records.map(encodeRecord).join('');

const read = (...pieces: string[]): LedgerEntry[] => [...readLedger(pieces)];

test('a record is one line of ASCII that people can read', () => {
  const line = encodeRecord({ kind: 'commit', tx: '2.1', version: 1, balance: 330 });
  assert.match(
    line,
    /^\{"kind":"commit","tx":"2\.1","version":1,"balance":330,"sum":"[0-9a-f]{16}"\}\n$/,
  );
  assert.match(text, /^[\x20-\x7e\n]*$/);
});

test('what was written is read, wherever the pieces are cut', () => {
  for (let at = 0; at <= text.length; at += 1) {
    const entries = read(text.slice(0, at), text.slice(at));
    assert.deepEqual(
      entries.map((entry) => (entry.type === 'record' ? entry.record : entry.type)),
      records,
    );
  }
});

test('the end of a record is its offset in the file', () => {
  const ends = read(text).map((entry) => (entry.type === 'record' ? entry.end : -1));
  assert.equal(ends.at(-1), Buffer.byteLength(text));
  assert.equal(text.slice(0, ends[0]), encodeRecord(records[0] ?? assert.fail()));
});

test('a last line that was cut short anywhere is torn, and says where the file is to be cut off', () => {
  const last = encodeRecord({ kind: 'commit', tx: '2.1', version: 1, balance: 330 });
  for (let length = 1; length < last.length; length += 1) {
    const end = read(text + last.slice(0, length)).at(-1);
    assert.deepEqual(end, { type: 'torn', line: 7, start: text.length, bytes: length });
  }
});

test('every change of one character in a whole line is noticed, in its line', () => {
  const start = text.indexOf('\n') + 1;
  const end = text.indexOf('\n', start);
  for (let at = start; at < end; at += 1) {
    const changed = text[at] === '7' ? '8' : '7';
    const damaged = text.slice(0, at) + changed + text.slice(at + 1);
    const entry = read(damaged).at(-1);
    assert.equal(entry?.type, 'corrupt', `character ${at - start} changed to ${changed}`);
    assert.equal(entry.line, 2);
  }
});

const corruptions: { title: string; damaged: string; line: number; reason: string }[] = [
  { title: 'an empty line', damaged: `${text}\n`, line: 7, reason: 'no-checksum' },
  {
    title: 'a torn record with a whole one after it',
    damaged: text.slice(0, -20) + text,
    line: 6,
    reason: 'wrong-checksum',
  },
  {
    title: 'a line that never ends',
    damaged: text + 'x'.repeat(limits.messageBytes + 1),
    line: 7,
    reason: 'too-long',
  },
  {
    title: 'a checksum in order over something else',
    damaged: encodeRecord(JSON.parse('{"kind":"commit","tx":7}')),
    line: 1,
    reason: 'not-a-record',
  },
];

for (const { title, damaged, line, reason } of corruptions) {
  test(`${title} is refused with its line`, () => {
    const entry = read(damaged).at(-1);
    assert.equal(entry?.type, 'corrupt');
    assert.deepEqual({ line: entry.line, reason: entry.reason }, { line, reason });
  });
}
