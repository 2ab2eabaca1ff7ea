import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineSplitter } from './line-splitter.ts';

interface Heard {
  readonly lines: string[];
  readonly splitter: LineSplitter;
}

function listen(longestBytes: number): Heard {
  const lines: string[] = [];
  return { lines, splitter: new LineSplitter(longestBytes, (line) => lines.push(line)) };
}

test('lines are whole however they arrive, also when a letter is cut in two', () => {
  const { lines, splitter } = listen(100);
  const bytes = Buffer.from('{"a":"ä"}\n\n{"b":1}\n{"c"');
  for (const byte of bytes) assert.ok(splitter.push(Buffer.from([byte])));
  assert.deepEqual(lines, ['{"a":"ä"}', '', '{"b":1}']);
  assert.ok(splitter.push(Buffer.from(':2}\n')));
  assert.equal(lines.at(-1), '{"c":2}');
});

for (const { title, chunks, ok } of [
  { title: 'as long as allowed', chunks: ['1234\n'], ok: true },
  { title: 'too long', chunks: ['12345\n'], ok: false },
  { title: 'too long and without an end', chunks: ['123', '45'], ok: false },
  { title: 'too long behind a short one', chunks: ['1\n12345'], ok: false },
]) {
  test(`a line that is ${title} is ${ok ? 'heard' : 'refused'}`, () => {
    const { splitter } = listen(4);
    assert.equal(
      chunks.every((chunk) => splitter.push(Buffer.from(chunk))),
      ok,
    );
  });
}
