import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { inShort, readText } from '../test/input-text.ts';
import { parseYaml } from './yaml.ts';

const manyItems = (item: (index: number) => string): string =>
  Array.from({ length: 10_000 }, (_, index) => item(index)).join('');

const longLists: readonly { title: string; text: string }[] = [
  { title: 'maps', text: manyItems((id) => `- id: ${id}\n  list:\n  - a\n  - { b: c }\n`) },
  { title: 'comments before it', text: `# one\n\n${manyItems((id) => `- ${id}\n  # two\n\n`)}` },
  { title: 'dashes alone on their lines', text: manyItems((id) => `-\n  id: ${id}\n- - - x\n`) },
  { title: 'Windows line ends', text: manyItems((id) => `- id: ${id}\r\n  b: |\r\n    - c\r\n`) },
  { title: 'texts of several lines', text: manyItems((id) => `- "${id}\n  - x"\n- |\n - y\n`) },
  { title: 'anchors', text: `- &a [1]\n${manyItems(() => '- [xxxxxxxxxxxx]\n')}- *a\n` },
  { title: 'a document mark', text: `---\n${manyItems((id) => `- [${id}, xxxxxxx]\n`)}` },
  { title: 'a map around it', text: `list:\n${manyItems((id) => `- [${id}, xxxxxxx]\n`)}` },
];

for (const { title, text } of longLists) {
  test(`a long list is read as the parser would read it whole: ${title}`, () => {
    const parsed = parseYaml(text);
    assert.ok(parsed.ok);
    const { value, locate } = parsed.document;
    assert.deepEqual(value, parse(text));
    const list: unknown = Array.isArray(value) ? value : Object(value).list;
    assert.ok(Array.isArray(list) && text.length > 128 * 1024);
    const at = (index: number): (string | number)[] =>
      Array.isArray(value) ? [index] : ['list', index];
    for (let index = 0; index < list.length; index += 997) {
      const [spot] = locate([{ path: at(index), part: 'value' }]);
      assert.deepEqual(parse(lineUpTo(text, spot)), list[index]);
    }
  });
}

/** What stands in a place, in the column in which it stands. */
function lineUpTo(text: string, { start, end } = { start: 0, end: 0 }): string {
  const column = start - text.lastIndexOf('\n', start - 1) - 1;
  return ' '.repeat(column) + text.slice(start, end);
}

test('a slip in a long list is told as the parser tells it', () => {
  const text = `${manyItems((id) => `- [${id}, xxxxxxx]\n`)}- [1\n- 2\n`;
  const parsed = parseYaml(text);
  assert.ok(!parsed.ok && parsed.reason === 'syntax');
  assert.match(parsed.flaws.items[0]?.message ?? '', /^not YAML: Flow sequence/);
});

test('problems of a long list stand in their places', async (t) => {
  const visit = '- { id: 1, type: customer, events: [] }\n';
  const branch = '- { id: 1, type: branch, balance: 400, colour: red }\n';
  const text = visit.repeat(5_000) + branch + visit.repeat(5_000) + branch;
  assert.deepEqual(inShort(await readText(t, text, 'input.yaml')), [
    '5001:40 colour | branch 1: unknown key "colour" | Remove it; the keys here are id, type and balance.',
    '10002:9 1 | branch 1 is listed twice (the first: line 5001) | Give each branch an id of its own.',
    '10002:40 colour | branch 1: unknown key "colour" | Remove it; the keys here are id, type and balance.',
  ]);
});
