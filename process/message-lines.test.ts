import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { messageLine, MessageLines } from './message-lines.ts';

test('messages arrive whole, however the stream is cut', () => {
  const messages = [{ topic: 'a' }, { text: 'line\nbreak' }, [1, 2], {}];
  const stream = messages.map(messageLine).join('');
  for (let size = 1; size <= stream.length; size += 1) {
    const heard: object[] = [];
    const lines = new MessageLines(limits.messageLineLetters, (message) => heard.push(message));
    for (let at = 0; at < stream.length; at += size)
      assert.equal(lines.take(stream.slice(at, at + size)), undefined);
    assert.deepEqual(heard, messages, `in pieces of ${size}`);
  }
});

const tooLong = 'x'.repeat(limits.messageLineLetters + 1);

const wrong = [
  {
    title: 'no JSON',
    text: '{"topic":\n',
    told: 'a line of 9 letters that is no message: "{\\"topic\\":"',
  },
  {
    title: 'a value that is no object',
    text: '7\n',
    told: 'a line of 1 letters that is no message: "7"',
  },
  { title: 'an empty line', text: '\n', told: 'a line of 0 letters that is no message: ""' },
  { title: 'a line without end', text: tooLong, told: /^a line of 65537 letters .*"x{40}"$/ },
  { title: 'a line that is too long', text: `"${tooLong}"\n`, told: /^a line of 65539 letters / },
];

for (const { title, text, told } of wrong) {
  test(`${title} is told, and what stood before it was heard`, () => {
    const heard: object[] = [];
    const lines = new MessageLines(limits.messageLineLetters, (message) => heard.push(message));
    const trouble = lines.take(`${messageLine({ first: 1 })}${text}`) ?? '';
    if (typeof told === 'string') assert.equal(trouble, told);
    else assert.match(trouble, told);
    assert.deepEqual(heard, [{ first: 1 }]);
  });
}
