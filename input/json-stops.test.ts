import { testWrongTexts } from '../test/input-text.ts';

testWrongTexts('input.json', [
  {
    title: 'a comma too early',
    text: '[, 1]',
    says: ['1:2 , | , where a value was expected | Write a number, "text", [ or {.'],
  },
  {
    title: 'a key without a value',
    text: '[{ "id" }]',
    says: ['1:9 } | a key without a value | Write a colon and a value: "id": 1.'],
  },
  {
    title: 'a colon without a value',
    text: '[{ "id": }]',
    says: ['1:10 } | a value is missing here | Write it, or remove its key.'],
  },
  {
    title: 'a comment as in YAML',
    text: '[1] # one',
    says: [
      '1:5 # one | a comment, which JSON does not have | Remove it, or write the file as YAML, where a comment begins with #.',
    ],
  },
  {
    title: 'a true minus sign',
    text: '[−5]',
    says: ['1:2 − | "−" (U+2212) where a value was expected | Write a number, "text", [ or {.'],
  },
  {
    title: 'a backslash that escapes nothing',
    text: '["\\d"]',
    says: [
      '1:3 \\d | a backslash that means nothing in JSON | Remove it: no key and no value of this format has a backslash.',
    ],
  },
  {
    title: 'a text that is not closed on its line',
    text: '[\n  "branch\n]',
    says: [
      '2:3 " | " opens a text that is not closed on its line | Write " at the end of the text.',
    ],
  },
  {
    title: 'a text that is not closed at all',
    text: '["branch',
    says: [
      '1:2 " | " opens a text that is not closed on its line | Write " at the end of the text.',
    ],
  },
  {
    title: 'a file that was cut off',
    text: '[\n  { "id": 1,\n',
    says: [
      '2:12 , | the file ends, but the { of line 2 is not closed | Check that the file is whole, or add } at its end.',
    ],
  },
  {
    title: 'a bracket that was not closed',
    text: '[{ "id": 1 }',
    says: [
      '1:12 } | the file ends, but the [ of line 1 is not closed | Check that the file is whole, or add ] at its end.',
    ],
  },
  {
    title: 'a bracket of the wrong kind',
    text: '[\n  { "id": 1 ]\n]',
    says: [
      '2:13 ] | ] where the { of line 2 is still open | Close it with } first, or remove this ].',
    ],
  },
  {
    title: 'a bracket that nothing opened',
    text: ']',
    says: ['1:1 ] | a ] that nothing opened | Remove it, or add what it closes.'],
  },
  {
    title: 'a bracket too many',
    text: '[1]]',
    says: ['1:4 ] | a ] too many | Remove it.'],
  },
  {
    title: 'two lists',
    text: '[1]\n[2]',
    says: [
      '2:1 [ | a second list or object begins here | A file holds one list: put all processes between one [ and one ], with commas.',
    ],
  },
  {
    title: 'processes without brackets around them',
    text: '{ "id": 1 },\n{ "id": 2 }',
    says: [
      '1:12 , | the file goes on behind its first element | Put [ before the first process and ] behind the last.',
    ],
  },
  {
    title: 'something behind the list',
    text: '[1] and more',
    says: ['1:5 a | a behind the end of the list | Remove everything behind the last ].'],
  },
  {
    title: 'a stray character',
    text: '[1, @]',
    says: ['1:5 @ | @ where a value was expected | Write a number, "text", [ or {.'],
  },
  {
    title: 'YAML',
    text: '- id: 1\n  type: branch\n',
    says: ['1:1 - | this is YAML, but the name of the file says JSON | Name the file .yaml.'],
  },
  {
    title: 'prose',
    text: 'Dear customer',
    says: ['1:1 D | D where a value was expected | Write a number, "text", [ or {.'],
  },
  {
    title: 'a key that stands twice',
    text: '[{ "id": 1, "type": "branch", "balance": 4, "id": 1 }]',
    says: [
      '1:45 "id" | the key "id" stands twice in one object | Remove one of them; which one would count is not clear.',
    ],
  },
  {
    title: 'a key that stands twice, written differently',
    text: '[{ "id": 1, "type": "branch", "balance": 4, "\\u0069d": 1 }]',
    says: [
      '1:45 "\\u0069d" | the key "id" stands twice in one object | Remove one of them; which one would count is not clear.',
    ],
  },
  {
    title: 'many slips at once',
    text: `[\n  { 'id': 1, type: "branch" "balance": 04, }, // first\n]`,
    says: [
      `2:5 'id' | single quotes, which JSON does not have | Write "id" with straight double quotes.`,
      '2:14 type | the key type has no quotes | Write "type".',
      '2:28   | a comma is missing between two elements | Write a comma here.',
      '2:40 04 | 04 is not a number in JSON | Write 4.',
      '2:42 , | a comma behind the last element | Remove it: commas stand only between two elements.',
      '2:45 , | a comma behind the last element | Remove it: commas stand only between two elements.',
      '2:47 // first | a comment, which JSON does not have | Remove it, or write the file as YAML, where a comment begins with #.',
    ],
  },
]);
