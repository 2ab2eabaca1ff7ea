import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { inShort, readText, testWrongTexts } from '../test/input-text.ts';
import { parseYaml } from './yaml.ts';
import { YamlGuard } from './yaml-guard.ts';

testWrongTexts('input.yaml', [
  {
    title: 'a tab in the indentation',
    text: '- id: 1\n\ttype: branch\n',
    says: ['2:1   | a tab where YAML wants spaces | Indent with spaces only.'],
  },
  {
    title: 'a tab behind spaces',
    text: '- id: 1\n  \ttype: branch\n  balance\n',
    says: ['2:3   | a tab where YAML wants spaces | Indent with spaces only.'],
  },
  {
    title: 'a line that is indented too little',
    text: '- id: 1\n type: branch\n',
    says: [
      '2:1   | not YAML: Sequence item without - indicator | Add it; check the indentation of this line too.',
    ],
  },
  {
    title: 'two keys on one line',
    text: '- id: 1 type: branch\n',
    says: [
      '1:7 1 | a key where the value of another key is not finished | Put each key on a line of its own, all of one process or event in the same column.',
    ],
  },
  {
    title: 'a list that is not closed',
    text: '- { id: 1, type: customer, events: [ }\n',
    says: [
      '1:38 } | not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] | Align what belongs together, and close every bracket and quote.',
    ],
  },
  {
    title: 'a quote that is not closed',
    text: '- type: "branch\n',
    says: ['2:1  | a text in quotes is not closed | Write the closing quote.'],
  },
  {
    title: 'a value that begins with a reserved sign',
    text: '- id: @1\n',
    says: [
      '1:7 @ | not YAML: Plain value cannot start with reserved character @ | Check this line and the one before it.',
    ],
  },
  {
    title: 'a key that stands twice',
    text: '- id: 1\n  type: branch\n  balance: 400\n  id: 1\n',
    says: [
      '4:3 id | the key "id" stands twice in one object | Remove one of them; which one would count is not clear.',
    ],
  },
  {
    title: 'a key that is a list',
    text: '- [id]: 1\n',
    says: ['1:3 [ | a key that is no text | Write a plain key: id: 1.'],
  },
  {
    title: 'two documents',
    text: '- id: 1\n---\n- id: 2\n',
    says: [
      '2:1 --- | a second document begins here | A file holds one list of processes: remove the line --- and join the lists.',
    ],
  },
  {
    title: 'a byte order mark',
    text: '\ufeff- id: 1\n',
    says: [
      '1:1 · | the file begins with a byte order mark (U+FEFF) | Save it as "UTF-8", not as "UTF-8 with BOM".',
    ],
  },
  {
    title: 'an unknown tag',
    text: '- id: !number 1\n  type: branch\n  balance: 400\n',
    says: [
      '1:7 !number | an unknown tag | Remove it: the format has no tags.',
      '1:15 1 | the 1st process (a branch): id must be a whole number, not the text "1" | Write 1, without quotes.',
    ],
  },
  {
    title: 'a known tag that the format does not have',
    text: '- id: 1\n  type: !!binary aGk=\n  balance: 400\n',
    says: [
      '2:9 !!binary | an unknown tag | Remove it: the format has no tags.',
      '2:18 aGk= | branch 1: unknown type "aGk=" | Write "customer" or "branch".',
    ],
  },
  {
    title: 'a directive',
    text: '%BANK 1\n---\n- { id: 1, type: branch, balance: 400 }\n',
    says: [
      '1:1 %BANK 1 | not YAML: Unknown directive %BANK | Remove it: the format needs no lines that begin with %.',
    ],
  },
  {
    title: 'an alias without an anchor',
    text: '- { id: *one, type: branch, balance: 400 }\n',
    says: [
      '1:9 *one | no anchor "&one" ends before this alias | Write the value out, or put the anchor before the value that is to be repeated.',
    ],
  },
  {
    title: 'an alias inside its own anchor',
    text: '- &all { id: 1, type: customer, events: [*all] }\n',
    says: [
      '1:42 *all | no anchor "&all" ends before this alias | Write the value out, or put the anchor before the value that is to be repeated.',
    ],
  },
  {
    title: 'a merge key',
    text: '- { id: 1, type: branch, balance: 400 }\n- { <<: *x, id: 2 }\n',
    says: [
      '2:9 *x | no anchor "&x" ends before this alias | Write the value out, or put the anchor before the value that is to be repeated.',
    ],
  },
  {
    title: 'a billion laughs',
    text: 'a: &a [x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d]\n',
    says: [
      '4:16 *c | aliases that unfold to more than 100 repetitions | Write the values out; a program that generates the file can do so.',
    ],
  },
  {
    title: 'a wrong value in a repeated value',
    text: '- { id: 1, type: branch, balance: 400 }\n- { id: 1, type: customer, events: [&query { id: 1, interface: querry }, *query] }\n',
    says: [
      '2:64 querry | event 1 of customer 1: unknown interface "querry" | Did you mean "query"?',
      '2:74 *query | event 1 of customer 1: unknown interface "querry" | Did you mean "query"?',
      '2:74 *query | event 1 of customer 1 is listed twice (the first: line 2) | Give each event of a customer an id of its own; other customers may use it too.',
    ],
  },
  {
    title: 'curly quotes',
    text: '- { id: 1, type: “branch”, balance: 400 }\n',
    says: ['1:18 “branch” | branch 1: unknown type "“branch”" | Did you mean "branch"?'],
  },
  {
    title: 'numbers that YAML 1.1 would read otherwise',
    text: '%YAML 1.1\n---\n- { id: 1, type: branch, balance: 0b11 }\n- { id: 1, type: customer, events: [{ id: 1, interface: deposit, money: yes }] }\n',
    says: [
      '3:35 0b11 | branch 1: balance must be a whole number, not the text "0b11" | Write 3.',
      '4:73 yes | event 1 of customer 1: money must be a whole number, not the text "yes" | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'an underscore in a number',
    text: '- { id: 1, type: branch, balance: 1_000 }\n',
    says: [
      '1:35 1_000 | branch 1: balance must be a whole number, not the text "1_000" | Write 1000.',
    ],
  },
  {
    title: 'an id without a value',
    text: '- id:\n  type: branch\n  balance: 400\n',
    says: [
      '1:6  | the 1st process (a branch): id must be a whole number, not null | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'several rules',
    text: '- id: 1\n  type: bank\n  balance: 400\n- id: 2\n  type: branch\n  balance: 500\n  colour: red\n',
    says: [
      '2:9 bank | branch 1: the type "bank" is a name of an older format | Write "type": "branch".',
      '6:12 500 | branch 2 starts with 500, but branch 1 with 400 (the first: line 3) | Write the same balance for every branch: 400.',
      '7:3 colour | branch 2: unknown key "colour" | Remove it; the keys here are id, type and balance.',
    ],
  },
]);

test('YAML is read in every style, with anchors, aliases, comments and either line end', async (t) => {
  const text = `# a comment
- { id: 1, type: branch, balance: &start 0x190 }
- id: 2
  type: "branch"
  balance: *start
- &visit
  id: 1
  type: customer
  events: [&first { id: 1, interface: deposit, money: 1e2 }, { id: 2, interface: query }]
- *visit
- id: 2
  type: customer
  events:
    - *first
`.replaceAll('\n', '\r\n');
  const read = await readText(t, text, 'input.yml');
  assert.ok(read.ok, inShort(read).join('\n'));
  const events = [
    { id: 1, interface: 'deposit', money: 100 },
    { id: 2, interface: 'query' },
  ];
  assert.deepEqual(read.value, {
    branches: [
      { id: 1, balance: 400 },
      { id: 2, balance: 400 },
    ],
    visits: [
      { entry: 1, customer: 1, events },
      { entry: 2, customer: 1, events },
      { entry: 3, customer: 2, events: events.slice(0, 1) },
    ],
    faults: [],
  });
});

const depth = '17 lists inside one another';
const tooDeep = 'more than 16 lists and objects inside one another';
const nested: readonly { title: string; text: string; says: RegExp }[] = [
  { title: `${depth}, in brackets`, text: '['.repeat(17), says: new RegExp(tooDeep) },
  { title: `${depth}, on one line`, text: `${'- '.repeat(17)}1`, says: new RegExp(tooDeep) },
  {
    title: `${depth}, line by line`,
    text: Array.from({ length: 17 }, (_, level) => `${' '.repeat(level)}-\n`).join(''),
    says: new RegExp(tooDeep),
  },
  {
    title: 'a million brackets',
    text: '['.repeat(1_000_000),
    says: new RegExp(tooDeep),
  },
  {
    title: 'an object with 101 keys',
    text: Array.from({ length: 101 }, (_, key) => `key${key}: 1\n`).join(''),
    says: /an object with more than 100 keys/,
  },
];

for (const { title, text, says } of nested) {
  test(`YAML is refused at once: ${title}`, () => {
    const parsed = parseYaml(text);
    assert.ok(!parsed.ok && parsed.reason === 'too-large');
    assert.match(parsed.flaws.items[0]?.message ?? '', says);
  });
}

test('16 lists inside one another are read', () => {
  const text = '['.repeat(16) + ']'.repeat(16);
  assert.ok(parseYaml(text).ok);
  assert.ok(parseYaml(`${'- '.repeat(16)}1`).ok);
});

test('YAML is refused when it has more words and signs than a file needs', () => {
  const guard = new YamlGuard();
  let passed = 0;
  while (guard.passes(',')) passed += 1;
  assert.equal(passed, limits.yamlTokens);
  assert.deepEqual(guard.flaw, {
    start: limits.yamlTokens,
    end: limits.yamlTokens + 1,
    message: 'more than 4,000,000 words and signs of YAML',
    advice: 'Write a file of this size as JSON, which is read 20 times as fast.',
  });
});
