import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { HistoryRecord } from '../bank/history.ts';
import { randomRun } from './checker-random-run.ts';
import { recordedRun } from './checker-records.ts';
import { projectFolder } from './project.ts';

interface Node {
  readonly description?: string;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly examples?: readonly unknown[];
}

interface Schema extends Node {
  readonly $defs: Readonly<Record<string, Node>>;
  readonly oneOf: readonly { readonly $ref: string }[];
}

const file = path.join(projectFolder, 'schemas/history.schema.json');
const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as Schema;
// Unions of a type and null are what JSON has, whatever strict mode thinks of them.
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

function assertFits(record: unknown): void {
  assert.ok(validate(record), `${JSON.stringify(record)}: ${JSON.stringify(validate.errors)}`);
}

const kinds = schema.oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''));

test('every line of the recorded runs fits the schema', () => {
  for (const name of ['restart', 'unknown'] as const) recordedRun(name).forEach(assertFits);
});

test('every line of random runs fits the schema', () => {
  for (let seed = 1; seed <= 20; seed += 1)
    randomRun(seed, { branches: 3, visits: 3, events: 5, overlapping: true }).forEach(assertFits);
});

test('every kind of record has an example that fits', () => {
  for (const kind of kinds) {
    const examples = schema.$defs[kind]?.examples ?? [];
    assert.ok(examples.length > 0, kind);
    for (const example of examples) {
      assert.equal((example as HistoryRecord).kind, kind);
      assertFits(example);
    }
  }
});

test('what is missing, unknown or of another type does not fit', () => {
  for (const kind of kinds) {
    const [example] = schema.$defs[kind]?.examples ?? [];
    const record = example as Readonly<Record<string, unknown>>;
    assert.equal(validate({ ...record, surprise: 1 }), false, `${kind} with another key`);
    for (const key of Object.keys(record)) {
      const { [key]: value, ...rest } = record;
      assert.equal(
        validate({ ...rest, [key]: { not: value } }),
        false,
        `${kind} with a wrong ${key}`,
      );
    }
  }
});

test('every field has a description', () => {
  const bare: string[] = [];
  const visit = (node: Node, name: string): void => {
    const described = node.$ref !== undefined || node.description !== undefined;
    if (!described && node.const === undefined) bare.push(name);
    for (const [key, child] of Object.entries(node.properties ?? {}))
      visit(child, `${name}.${key}`);
    for (const [key, child] of Object.entries(node.items?.properties ?? {}))
      visit(child, `${name}[].${key}`);
  };
  for (const [name, node] of Object.entries(schema.$defs)) visit(node, name);
  assert.deepEqual(bare, []);
});
