import { testWrongTexts } from '../test/input-text.ts';

testWrongTexts('input.json', [
  {
    title: 'curly quotes',
    text: '[{ “id”: 1 }]',
    says: [
      '1:4 “id” | curly quotes, as pasted from a PDF or a word processor | Write "id" with straight double quotes.',
    ],
  },
  {
    title: 'a curly quote that closes what a straight one opened',
    text: '[{ "id”: 1 }]',
    says: [
      '1:7 ” | a curly quote, as pasted from a PDF or a word processor | Write a straight double quote: ".',
    ],
  },
  {
    title: 'single quotes',
    text: `[{ 'id': 1 }]`,
    says: [
      `1:4 'id' | single quotes, which JSON does not have | Write "id" with straight double quotes.`,
    ],
  },
  {
    title: 'backticks',
    text: '[{ `id`: 1 }]',
    says: [
      '1:4 `id` | backticks, which JSON does not have | Write "id" with straight double quotes.',
    ],
  },
  {
    title: 'the same slip in many places',
    text: `['1', '2', '3', '4', '5', '6', '7']`,
    says: [
      `1:2 '1' | single quotes, which JSON does not have | Write "1" with straight double quotes.`,
      `1:7 '2' | single quotes, which JSON does not have | Write "2" with straight double quotes.`,
      `1:12 '3' | single quotes, which JSON does not have | Write "3" with straight double quotes.`,
      `1:17 '4' | single quotes, which JSON does not have | Write "4" with straight double quotes.`,
      `1:22 '5' | single quotes, which JSON does not have | Write "5" with straight double quotes.`,
      '2 more',
    ],
  },
  {
    title: 'a key without quotes',
    text: '[{ id: 1 }]',
    says: ['1:4 id | the key id has no quotes | Write "id".'],
  },
  {
    title: 'a text without quotes',
    text: '[{ "type": branch }]',
    says: ['1:12 branch | the text branch has no quotes | Write "branch".'],
  },
  {
    title: 'a trailing comma in an object',
    text: '[{ "id": 1, }]',
    says: [
      '1:11 , | a comma behind the last element | Remove it: commas stand only between two elements.',
    ],
  },
  {
    title: 'a trailing comma in a list',
    text: '[1, ]',
    says: [
      '1:3 , | a comma behind the last element | Remove it: commas stand only between two elements.',
    ],
  },
  {
    title: 'two commas',
    text: '[1,, 2]',
    says: ['1:3 , | two commas, and nothing between them | Remove one of them.'],
  },
  {
    title: 'a missing comma between processes',
    text: '[\n  { "id": 1 }\n  { "id": 2 }\n]',
    says: ['2:14  | a comma is missing between two elements | Write a comma here.'],
  },
  {
    title: 'a missing comma between keys',
    text: '[{ "id": 1 "type": "branch" }]',
    says: ['1:11   | a comma is missing between two elements | Write a comma here.'],
  },
  {
    title: 'a missing colon',
    text: '[{ "id" 1 }]',
    says: ['1:8   | a colon is missing between key and value | Write a colon here: "id": 1.'],
  },
  {
    title: 'an equals sign',
    text: '[{ "id" = 1 }]',
    says: ['1:9 = | an equals sign between key and value | Write a colon instead: "id": 1.'],
  },
  {
    title: 'a line comment',
    text: '[1] // one',
    says: [
      '1:5 // one | a comment, which JSON does not have | Remove it, or write the file as YAML, where a comment begins with #.',
    ],
  },
  {
    title: 'a block comment',
    text: '[/* one\n or two */ 1]',
    says: [
      '1:2 /* one | a comment, which JSON does not have | Remove it, or write the file as YAML, where a comment begins with #.',
    ],
  },
  {
    title: 'a byte order mark',
    text: '\ufeff[1]',
    says: [
      '1:1 · | the file begins with a byte order mark (U+FEFF) | Save it as "UTF-8", not as "UTF-8 with BOM".',
    ],
  },
  {
    title: 'a no-break space',
    text: '[\u00a01]',
    says: [
      '1:2   | an invisible character (U+00A0) | Delete it; between words JSON takes plain spaces only.',
    ],
  },
  {
    title: 'a zero-width space',
    text: '[1\u200b]',
    says: [
      '1:3 · | an invisible character (U+200B) | Delete it; between words JSON takes plain spaces only.',
    ],
  },
  {
    title: 'NaN',
    text: '[NaN]',
    says: ['1:2 NaN | NaN is not a number in JSON | Write a whole number, in digits alone.'],
  },
  {
    title: 'minus infinity',
    text: '[-Infinity]',
    says: [
      '1:2 -Infinity | -Infinity is not a number in JSON | Write a whole number, in digits alone.',
    ],
  },
  {
    title: `Python's None`,
    text: '[None]',
    says: ['1:2 None | None is not JSON | Write null.'],
  },
  {
    title: 'a leading zero',
    text: '[007]',
    says: ['1:2 007 | 007 is not a number in JSON | Write 7.'],
  },
  {
    title: 'a plus sign',
    text: '[+5]',
    says: ['1:2 +5 | +5 is not a number in JSON | Write 5.'],
  },
  {
    title: 'a number that ends in a point',
    text: '[5.]',
    says: ['1:2 5. | 5. is not a number in JSON | Write 5.'],
  },
  {
    title: 'a number that begins with a point',
    text: '[.5]',
    says: ['1:2 .5 | .5 is not a number in JSON | Write a whole number, in digits alone.'],
  },
  {
    title: 'a hexadecimal number',
    text: '[0x1F]',
    says: ['1:2 0x1F | 0x1F is not a number in JSON | Write 31.'],
  },
  {
    title: 'an underscore in a number',
    text: '[1_000]',
    says: ['1:2 1_000 | 1_000 is not a number in JSON | Write 1000.'],
  },
  {
    title: 'a comma in a number',
    text: '[{ "money": 1,000,000, "id": 1 }]',
    says: [
      '1:14 ,000 | a comma inside a number | Write numbers in digits alone: 1000, not 1,000.',
      '1:18 ,000 | a comma inside a number | Write numbers in digits alone: 1000, not 1,000.',
    ],
  },
  {
    title: 'a tab inside a text',
    text: '["a\tb"]',
    says: ['1:4   | a tab inside a text | Write a space.'],
  },
  {
    title: 'a long text without quotes',
    text: `[${'x'.repeat(1_000_000)}]`,
    says: [
      `1:2 ${'x'.repeat(99)} | the text ${'x'.repeat(40)}… has no quotes | Write "${'x'.repeat(40)}…".`,
    ],
  },
]);
