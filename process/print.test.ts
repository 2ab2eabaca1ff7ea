import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { Printer } from './print.ts';

const many = limits.printedLinesPerSecond + 3;

test('ten lines a second are printed, the rest is counted', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const lines: string[] = [];
  const printer = new Printer((line) => lines.push(line));
  for (let n = 1; n <= many; n += 1) printer.print(() => `line ${n}`);
  assert.equal(lines.length, limits.printedLinesPerSecond);
  t.mock.timers.tick(1_000);
  assert.equal(lines.at(-1), '… 3 more');
  const before = lines.length;
  for (let n = 1; n <= many; n += 1) printer.print(() => `line ${n}`);
  assert.equal(lines.length, before + limits.printedLinesPerSecond, 'and again in the next second');
});

test('a line that is left out is never put into words', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const printer = new Printer(() => {});
  let worded = 0;
  for (let n = 1; n <= many; n += 1)
    printer.print(() => {
      worded += 1;
      return '';
    });
  assert.equal(worded, limits.printedLinesPerSecond);
});

test('at the end the count is told', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const lines: string[] = [];
  const printer = new Printer((line) => lines.push(line));
  for (let n = 1; n <= many; n += 1) printer.print(() => '');
  printer.flush();
  assert.equal(lines.at(-1), '… 3 more');
  const before = lines.length;
  printer.flush();
  assert.equal(lines.length, before, 'once is enough');
});
