import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { awaitUpdates } from './absence.ts';

const fault = { kind: 'fault', subject: 'branch-2', fault: 'keep-branch-down', text: 'the fault' };
const outcome = (name: string) => ({ kind: 'outcome', interface: name });
const run = (...events: readonly number[]) => ({
  kind: 'run',
  visits: events.map((count) => ({ events: count })),
});

const cases = [
  {
    title: 'updates after the fault count, those before do not',
    before: [run(9), outcome('deposit'), fault, outcome('withdraw')],
    last: outcome('deposit'),
  },
  {
    title: 'queries do not count',
    before: [run(9), fault, outcome('deposit'), outcome('query')],
    last: outcome('withdraw'),
  },
  {
    title: 'when every event has its outcome there is nothing to wait for',
    before: [run(2, 1), fault, outcome('query'), outcome('query')],
    last: outcome('query'),
  },
];

for (const { title, before, last } of cases) {
  test(title, async (t) => {
    const file = path.join(scratchFolder(t), 'history.jsonl');
    const lines = before.map((record) => `${JSON.stringify(record)}\n`).join('');
    fs.writeFileSync(file, lines);
    let isOver = false;
    const waiting = awaitUpdates(file, 'the fault', 2).then(() => (isOver = true));
    const [start, end] = [JSON.stringify(last).slice(0, 9), JSON.stringify(last).slice(9)];
    fs.appendFileSync(file, start);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(isOver, false);
    fs.appendFileSync(file, `${end}\n`);
    await waiting;
  });
}
