import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import { scratchFolder } from '../test/scratch.ts';
import { HistoryWriter } from './history.ts';

const read = (file: string): HistoryRecord[] =>
  fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryRecord);

test('a record bears the stamp of its process', (t) => {
  const file = path.join(scratchFolder(t), 'history.jsonl');
  const before = Date.now();
  const history = new HistoryWriter({ file, process: 'branch-2', life: 3 });
  history.write({ kind: 'replay', version: 4, balance: 0 });
  history.close();
  const [{ wall, mono, ...rest } = { wall: 0, mono: 0 }] = read(file);
  assert.deepEqual(rest, {
    process: 'branch-2',
    life: 3,
    clock: 1,
    kind: 'replay',
    version: 4,
    balance: 0,
  });
  // The machine may correct its clock meanwhile, and a busy one may pause between two readings.
  assert.ok(wall >= before - 1_000 && wall <= Date.now() + 1_000, `${wall} is not about ${before}`);
  const now = Number(process.hrtime.bigint() / 1_000n);
  assert.ok(mono <= now + 1_000_000 && mono > now - 10_000_000, `${mono} is not before ${now}`);
});

test('the Lamport clock passes every clock that it met', (t) => {
  const file = path.join(scratchFolder(t), 'history.jsonl');
  const history = new HistoryWriter({ file, process: 'branch-1', life: 0 });
  const write = (): void => history.write({ kind: 'drop', tx: '1.1' });
  write();
  history.meet(7);
  write();
  history.meet(3);
  write();
  history.close();
  assert.deepEqual(
    read(file).map(({ clock }) => clock),
    [1, 8, 9],
  );
  assert.equal(history.clock, 9);
});

test('messages have identities that no other process or life uses', (t) => {
  const file = path.join(scratchFolder(t), 'history.jsonl');
  const writers = [0, 1].map((life) => new HistoryWriter({ file, process: 'visit-1', life }));
  const identities = writers.flatMap((history) => [
    history.nextMessage(),
    history.nextMessage(),
    history.nextOutsideMessage(),
  ]);
  for (const history of writers) history.close();
  assert.deepEqual(identities, [
    'visit-1/0/1',
    'visit-1/0/2',
    'visit-1/0/outside-1',
    'visit-1/1/1',
    'visit-1/1/2',
    'visit-1/1/outside-1',
  ]);
});

test('a field that is not there is left out', (t) => {
  const file = path.join(scratchFolder(t), 'history.jsonl');
  const history = new HistoryWriter({ file, process: 'branch-1', life: 0 });
  history.write({ kind: 'refuse', event: undefined, reason: 'overdraft' });
  history.close();
  assert.ok(fs.readFileSync(file, 'utf8').endsWith(',"kind":"refuse","reason":"overdraft"}\n'));
});

test('the records of a step are written together, when something is to come after them', (t) => {
  const file = path.join(scratchFolder(t), 'history.jsonl');
  const history = new HistoryWriter({ file, process: 'branch-1', life: 0 });
  const lines = (): number => fs.readFileSync(file, 'latin1').split('\n').length - 1;
  history.write({ kind: 'drop', tx: '1.1' });
  history.write({ kind: 'drop', tx: '1.2' });
  assert.equal(lines(), 0);
  history.flush();
  assert.equal(lines(), 2);
  history.write({ kind: 'drop', tx: '1.3' });
  history.close();
  assert.equal(lines(), 3);
});
