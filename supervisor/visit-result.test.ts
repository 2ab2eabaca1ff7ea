import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { isVisitComplete, parseVisitResult, readVisitResult } from './visit-result.ts';

const line = (position: number): string =>
  `${JSON.stringify({ position, id: position, interface: 'deposit', result: 'success' })}\n`;

const cases = [
  { title: 'an empty file', text: '', results: 0, complete: false },
  { title: 'complete', text: `${line(1)}${line(2)}{"complete":2}\n`, results: 2, complete: true },
  { title: 'complete without events', text: '{"complete":0}\n', results: 0, complete: true },
  { title: 'no word that these are all', text: line(1), results: 1, complete: false },
  { title: 'a torn last line', text: `${line(1)}{"position":2,`, results: 1, complete: false },
  {
    title: 'a torn word of completeness',
    text: `${line(1)}{"complete":1}`,
    results: 1,
    complete: false,
  },
  {
    title: 'a line that is missing',
    text: `${line(1)}{"complete":2}\n`,
    results: 1,
    complete: false,
  },
  {
    title: 'damage',
    text: `${line(1)}rubbish\n${line(2)}{"complete":2}\n`,
    results: 1,
    complete: false,
  },
];

for (const { title, text, results, complete } of cases) {
  test(`${title}: ${results} results, ${complete ? 'complete' : 'not complete'}`, (t) => {
    const parsed = parseVisitResult(text);
    assert.equal(parsed.results.length, results);
    assert.equal(parsed.complete, complete);
    const file = path.join(scratchFolder(t), '1.result.jsonl');
    fs.writeFileSync(file, text);
    // Damage in the middle is found when the results are read.
    if (title !== 'damage') assert.equal(isVisitComplete(file), complete);
  });
}

test('a file that is not there holds nothing', () => {
  assert.deepEqual(readVisitResult('/no/such/file'), { results: [], complete: false });
  assert.equal(isVisitComplete('/no/such/file'), false);
});
