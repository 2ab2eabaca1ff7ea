import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { Printer } from './print.ts';

const most = limits.printedLines;

test('ten lines a second are printed, together, and the rest is counted', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pieces: string[][] = [];
  const printer = new Printer(1, (text) => pieces.push(text.split('\n')));
  for (let second = 1; second <= 2; second += 1) {
    for (let n = 1; n <= most + 3; n += 1) printer.print(() => `line ${n}`);
    assert.equal(pieces.length, second - 1);
    t.mock.timers.tick(1_000);
    assert.equal(pieces.length, second);
    assert.equal(pieces.at(-1)?.length, most + 1);
    assert.equal(pieces.at(-1)?.at(-1), '… 3 more');
  }
  t.mock.timers.tick(1_000);
  assert.equal(pieces.length, 2, 'nothing is printed while there is nothing to say');
});

test('a line that is left out is never put into words', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const printer = new Printer(1, () => {});
  let worded = 0;
  for (let n = 1; n <= most + 3; n += 1)
    printer.print(() => {
      worded += 1;
      return '';
    });
  assert.equal(worded, most);
});

test('at the end what is unsaid is printed, once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pieces: string[] = [];
  const printer = new Printer(1, (text) => pieces.push(text));
  printer.print(() => 'the last line');
  printer.flush();
  printer.flush();
  t.mock.timers.tick(1_000);
  assert.deepEqual(pieces, ['the last line']);
});

test('fifty processes that print together print once in two seconds each', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pieces: string[] = [];
  const printer = new Printer(50, (text) => pieces.push(text));
  printer.print(() => 'first');
  t.mock.timers.tick(1_999);
  printer.print(() => 'second');
  assert.deepEqual(pieces, []);
  t.mock.timers.tick(1);
  assert.deepEqual(pieces, ['first\nsecond']);
});
