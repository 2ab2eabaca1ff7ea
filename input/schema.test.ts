import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { FirstFew } from '../bank/first-few.ts';
import { validatorsSource } from '../build/validators.js';
import { randomFrom } from '../test/checker-records.ts';
import { projectFolder } from '../test/project.ts';
import type { Finding } from './finding.ts';
import { get, glanceAt, isObject, listsIn } from './glance.ts';
import { checkHead, checkPart, checkProcess } from './schema-check.ts';
import { samples } from './schema-words.ts';

type Schema = Readonly<Record<string, unknown>>;

const schemas = ['input', 'faults', 'output'].map((name): Schema => {
  const file = path.join(projectFolder, 'schemas', `${name}.schema.json`);
  return JSON.parse(fs.readFileSync(file, 'utf8'));
});
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
for (const schema of schemas) ajv.addSchema(schema);

test('the generated functions are those of the schemas', () => {
  const file = path.join(projectFolder, 'input/generated/validators.ts');
  const message = 'the schemas were changed: run `npm run generate`';
  assert.equal(fs.readFileSync(file, 'utf8'), validatorsSource(projectFolder), message);
});

/** The parts of a schema that people read: itself, its definitions, and their fields. */
const described = schemas.flatMap((schema) => [
  { pointer: `${String(schema['$id'])}#`, part: schema },
  ...children(schema, '$defs', `${String(schema['$id'])}#`).flatMap((definition) => [
    definition,
    ...children(definition.part, 'properties', definition.pointer),
  ]),
]);

function children(schema: Schema, key: string, at: string): { pointer: string; part: Schema }[] {
  return Object.entries(get(schema, key) ?? {}).flatMap(([name, part]) =>
    isObject(part) ? [{ pointer: `${at}/${key}/${name}`, part }] : [],
  );
}

test('every field is described, with examples that are right', () => {
  // The lists of fields are long enough to be sure that they were found.
  assert.ok(described.length > 60, String(described.length));
  for (const { pointer, part } of described) {
    if ('$ref' in part && Object.keys(part).length === 1) continue;
    assert.match(String(part['description']), /^[a-zA-Z].*\.$/, pointer);
    const { examples } = part;
    if ('$ref' in part) continue;
    assert.ok(Array.isArray(examples) && examples.length > 0, pointer);
    for (const example of examples)
      assert.ok(ajv.validate({ $ref: pointer }, example), `${pointer}: ${JSON.stringify(example)}`);
  }
});

test('every key that a schema asks for has a sample in the messages', () => {
  const required = schemas
    .slice(0, 2)
    .flatMap((schema) => children(schema, '$defs', ''))
    .flatMap(({ part }) => (Array.isArray(part['required']) ? part['required'].map(String) : []));
  assert.ok(required.length > 30);
  assert.deepEqual(
    required.filter((key) => !samples.has(key)),
    [],
  );
});

const whole = {
  processes: [
    { id: 1, type: 'customer', events: [{ id: 1, interface: 'query', money: null }] },
    { id: 2, type: 'customer', events: [{ id: 2, interface: 'deposit', money: 170 }] },
    { id: 1, type: 'branch', balance: 400 },
  ],
  faults: [
    { fault: 'kill-branch', branch: 1, when: 'after-record', update: 1 },
    { fault: 'drop-message', interface: 'ask', from: 1, to: 2, message: 1, part: 'answer' },
    { fault: 'kill-customer', entry: 1, event: 1 },
  ],
};

test('part by part the schemas say the same as as a whole, for 5,000 random files', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = wholeNumbersFrom(seed);
  const counts = { right: 0, wrong: 0 };
  for (let round = 0; round < 5_000; round += 1) {
    const file = damaged(random(2) === 0 ? whole : whole.processes, random);
    const right = ajv.validate('input.schema.json', file);
    counts[right ? 'right' : 'wrong'] += 1;
    assert.equal(isRightByParts(file), right, `SEED=${seed}: ${JSON.stringify(file)}`);
  }
  assert.ok(counts.right > 200 && counts.wrong > 1_000, JSON.stringify(counts));
});

function isRightByParts(file: unknown): boolean {
  const findings = new FirstFew<Finding>();
  const { path: at = [], processes, faults } = listsIn(file);
  checkHead(file, findings);
  for (const [index, one] of processes.entries())
    checkProcess(glanceAt(one, [...at, index]), findings);
  for (const fault of faults)
    checkPart('fault', fault, () => ({ subject: 'fault', path: ['faults'] }), findings);
  return findings.count === 0;
}

/** Whole numbers below a limit, the same for the same seed. */
function wholeNumbersFrom(seed: number): (below: number) => number {
  const random = randomFrom(seed);
  return (below) => Math.floor(random() * below);
}

const oddValues = [0, 1, -1, 1.5, 2 ** 53, 'query', 'deposit', 'branch', 'customer', null, [], {}];
const oddKeys = ['id', 'type', 'balance', 'events', 'money', 'faults', 'update', 'delayMs', 'odd'];

/** A copy with one value replaced, one key removed, or one key added, somewhere. */
function damaged(value: unknown, random: (below: number) => number): unknown {
  const odd = oddValues[random(oddValues.length)];
  if (typeof value !== 'object' || value === null) return odd;
  if (random(8) === 0) return odd;
  const entries: [string, unknown][] = Object.entries(value);
  const chosen = random(entries.length + 1);
  const kept = entries.flatMap(([key, inner], index): [string, unknown][] => {
    if (index !== chosen) return [[key, inner]];
    return random(6) === 0 ? [] : [[key, damaged(inner, random)]];
  });
  if (Array.isArray(value)) return kept.map(([, inner]) => inner);
  const added = oddKeys[random(oddKeys.length)] ?? 'odd';
  return Object.fromEntries(chosen === entries.length ? [...kept, [added, odd]] : kept);
}
