import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProblem, problemParts } from './problem.ts';
import { Source } from './source.ts';

const long = `${'x'.repeat(70)}HERE${'y'.repeat(90)}`;
const flaw = { message: 'it is wrong', advice: 'Write it right.' };

const cases: readonly { title: string; text: string; mark: string; says: readonly string[] }[] = [
  {
    title: 'the place is underlined',
    text: 'one\n  two three\nfour',
    mark: 'three',
    says: [
      'file:2:7: it is wrong',
      '    2 |   two three',
      '      |       ^^^^^',
      '    Write it right.',
    ],
  },
  {
    title: 'the margin is as wide as the number',
    text: `${'\n'.repeat(99)}here`,
    mark: 'here',
    says: ['file:100:1: it is wrong', '    100 | here', '        | ^^^^', '    Write it right.'],
  },
  {
    title: 'what goes on in the next line is underlined up to the end of its first',
    text: '[{\n}]\n',
    mark: '{\n}',
    says: ['file:1:2: it is wrong', '    1 | [{', '      |  ^', '    Write it right.'],
  },
  {
    title: 'the line end of Windows is not shown',
    text: 'a {\r\nb\r\n',
    mark: '{\r\nb',
    says: ['file:1:3: it is wrong', '    1 | a {', '      |   ^', '    Write it right.'],
  },
  {
    title: 'a long line is cut on both sides',
    text: long,
    mark: 'HERE',
    says: [
      'file:1:71: it is wrong',
      `    1 | …${'x'.repeat(40)}HERE${'y'.repeat(56)}…`,
      `      | ${' '.repeat(41)}^^^^`,
      '    Write it right.',
    ],
  },
  {
    title: 'what is longer than the piece that is shown is underlined as far as it is shown',
    text: `[${'1'.repeat(200)}]`,
    mark: '1'.repeat(200),
    says: [
      'file:1:2: it is wrong',
      `    1 | [${'1'.repeat(99)}…`,
      `      |  ${'^'.repeat(99)}`,
      '    Write it right.',
    ],
  },
  {
    title: 'a tab takes one column, and what would command the terminal is a dot',
    text: '\t\u001b[31m\u202ehere',
    mark: 'here',
    says: [
      'file:1:8: it is wrong',
      '    1 |  ·[31m·here',
      '      |        ^^^^',
      '    Write it right.',
    ],
  },
];

for (const { title, text, mark, says } of cases) {
  test(title, () => {
    const start = text.indexOf(mark);
    const problem = new Source('file', text).problem({ ...flaw, start, end: start + mark.length });
    assert.deepEqual(describeProblem(problem).split('\n'), says);
  });
}

test('a place behind the last character is underlined too', () => {
  const problem = new Source('file', 'ab\n').problem({ ...flaw, start: 2, end: 2 });
  assert.match(describeProblem(problem), /^file:1:3: .*\n {4}1 \| ab\n {6}\| {3}\^\n/);
});

test('a problem without a place has two lines', () => {
  const problem = { file: 'file', ...flaw };
  assert.equal(describeProblem(problem), 'file: it is wrong\n    Write it right.');
});

test('the parts are the description, each of one kind', () => {
  const problem = new Source('file', 'one two').problem({ ...flaw, start: 4, end: 7 });
  const parts = problemParts(problem);
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ['place', 'message', 'source', 'underline', 'advice'],
  );
  assert.equal(parts.map(({ text }) => text).join(''), describeProblem(problem));
});
