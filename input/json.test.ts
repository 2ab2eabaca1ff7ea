import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { randomFrom } from '../test/checker-records.ts';
import { projectFolder } from '../test/project.ts';
import type { Part, Path } from './document.ts';
import { parseJson } from './json.ts';
import { JsonScanner } from './json-scanner.ts';

const example = fs.readFileSync(path.join(projectFolder, 'inputs/example.json'), 'utf8');

/** Every part of a value, with what a part's text must say. */
function partsOf(value: unknown, at: Path = []): { part: Part; says: unknown }[] {
  const inner: [string | number, unknown][] =
    typeof value === 'object' && value !== null
      ? Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value)
      : [];
  const keys = Array.isArray(value) ? [] : inner;
  return [
    { part: { path: at, part: 'value' }, says: value },
    ...keys.map(([key]) => ({ part: { path: [...at, key], part: 'key' } as const, says: key })),
    ...inner.flatMap(([key, part]) => partsOf(part, [...at, key])),
  ];
}

const texts: readonly { title: string; text: string }[] = [
  { title: 'the example', text: example },
  { title: 'the example without blanks', text: JSON.stringify(JSON.parse(example)) },
  { title: 'escapes', text: '{"a\\\\u0062\\"": ["\\\\n", {"c\\\\\\\\": -1.5e+3}], "": {}}' },
  { title: 'every literal', text: ' [true , false, null, 0, -0, 1E5, "", [], {}] ' },
];

for (const { title, text } of texts) {
  test(`every part is found where it stands: ${title}`, () => {
    const parsed = parseJson(text);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.document.value, JSON.parse(text));
    const parts = partsOf(parsed.document.value);
    const spots = parsed.document.locate(parts.map(({ part }) => part));
    for (const [index, { says }] of parts.entries()) {
      const { start, end } = spots[index] ?? { start: 0, end: 0 };
      assert.deepEqual(JSON.parse(text.slice(start, end)), says);
    }
  });
}

test('what is JSON is decided as by JSON.parse, for 20,000 texts with random damage', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = wholeNumbersFrom(seed);
  const counts = { right: 0, wrong: 0 };
  for (let round = 0; round < 20_000; round += 1) {
    const text = damaged(random);
    const right = isJson(text);
    counts[right ? 'right' : 'wrong'] += 1;
    const said = new JsonScanner(text).scan() === undefined;
    assert.equal(said, right, `SEED=${seed}: ${JSON.stringify(text)}`);
  }
  // Damage that always breaks, or never, would show nothing.
  assert.ok(counts.right > 1_000 && counts.wrong > 1_000, JSON.stringify(counts));
});

const pieces = [
  '"',
  ',',
  ':',
  '[',
  ']',
  '{',
  '}',
  ' ',
  '\n',
  '0',
  '1',
  '-',
  '.',
  'e',
  'true',
  '\\',
  'a',
];

/** Whole numbers below a limit, the same for the same seed. */
function wholeNumbersFrom(seed: number): (below: number) => number {
  const random = randomFrom(seed);
  return (below) => Math.floor(random() * below);
}

function damaged(random: (below: number) => number): string {
  let text = '[{"id": 10, "b": [true, -1.5e3, "a\\\\n"]}, {}, [], null]';
  for (let times = random(3) + 1; times > 0; times -= 1) {
    const at = random(text.length);
    const piece = pieces[random(pieces.length)] ?? '';
    text = text.slice(0, at) + piece + text.slice(at + random(2));
  }
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const tooLarge: readonly { title: string; text: string; message: RegExp }[] = [
  {
    title: '17 lists inside one another',
    text: '['.repeat(17) + ']'.repeat(17),
    message: /^more than 16 lists and objects inside one another$/,
  },
  {
    title: '64 million brackets',
    text: '['.repeat(64 * 1024 * 1024),
    message: /^more than 16 lists and objects inside one another$/,
  },
  {
    title: 'an object with 101 keys',
    text: JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, key) => [key, 0]))),
    message: /^an object with more than 100 keys$/,
  },
  {
    title: 'more objects than a file needs',
    text: `[${'{},'.repeat(2_500_000)}{}]`,
    message: /^more than 2,500,000 lists and objects$/,
  },
];

for (const { title, text, message } of tooLarge) {
  test(`JSON is refused before it is parsed: ${title}`, () => {
    const parsed = parseJson(text);
    assert.ok(!parsed.ok && parsed.reason === 'too-large');
    assert.match(parsed.flaws.items.at(-1)?.message ?? '', message);
  });
}

test('16 lists inside one another are read', () => {
  assert.ok(parseJson('['.repeat(16) + ']'.repeat(16)).ok);
});
