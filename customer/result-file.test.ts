import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { EventResult } from '../bank/result.ts';
import { scratchFolder } from '../test/scratch.ts';
import { ResultFile } from './result-file.ts';

const result = (position: number): EventResult => ({
  position,
  id: position,
  interface: 'deposit',
  result: 'success',
});
const line = (position: number): string => `${JSON.stringify(result(position))}\n`;

function fileWith(t: TestContext, text: string): string {
  const file = path.join(scratchFolder(t), '1.result.jsonl');
  fs.writeFileSync(file, text);
  return file;
}

const found = [
  { title: 'an empty file', text: '', answers: 0, isComplete: false },
  { title: 'two answers', text: line(1) + line(2), answers: 2, isComplete: false },
  { title: 'a torn line', text: line(1) + '{"position":2,"id', answers: 1, isComplete: false },
  { title: 'a torn first line', text: '{"posi', answers: 0, isComplete: false },
  {
    title: 'a complete file',
    text: `${line(1)}${line(2)}{"complete":2}\n`,
    answers: 2,
    isComplete: true,
  },
  { title: 'a complete file of no events', text: '{"complete":0}\n', answers: 0, isComplete: true },
  { title: 'a torn end', text: `${line(1)}{"complete":1}`, answers: 1, isComplete: false },
  {
    title: 'more than is read at once',
    text: Array.from({ length: 5_000 }, (_, index) => line(index + 1)).join(''),
    answers: 5_000,
    isComplete: false,
  },
];

for (const { title, text, ...expected } of found) {
  test(`${title}: ${expected.answers} answers, ${expected.isComplete ? '' : 'not '}complete`, (t) => {
    const file = new ResultFile(fileWith(t, text));
    const { answers, isComplete } = file;
    file.close();
    assert.deepEqual({ answers, isComplete }, expected);
  });
}

test('what is appended stands behind the last complete line', (t) => {
  const name = fileWith(t, `${line(1)}{"position":2`);
  const file = new ResultFile(name);
  file.append(result(2));
  file.append({ complete: file.answers });
  file.close();
  assert.equal(fs.readFileSync(name, 'utf8'), `${line(1)}${line(2)}{"complete":2}\n`);
});
