import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Scenario } from '../bank/scenario.ts';
import type { Problem } from '../input/problem.ts';
import { type Read, type ReadFailure, readScenario } from '../input/read.ts';
import { scratchFolder } from './scratch.ts';

/** A text that is wrong, and everything that is said about it. */
export interface WrongText {
  readonly title: string;
  readonly text: string;
  /** For each problem: `line:column what is underlined | message | advice`. */
  readonly says: readonly string[];
}

/** A test for each: the text must be refused with exactly these words. */
export function testWrongTexts(name: string, cases: readonly WrongText[]): void {
  for (const { title, text, says } of cases) {
    test(`${name}: ${title}`, async (t) => {
      assert.deepEqual(inShort(await readText(t, text, name)), says);
    });
  }
}

/** Reads a text as if it were a file of this name. */
export function readText(
  t: TestContext,
  text: string | Uint8Array,
  name: string,
): Promise<Read<Scenario> | ReadFailure> {
  const file = path.join(scratchFolder(t), name);
  fs.writeFileSync(file, text);
  return readScenario({ path: file, name });
}

export function inShort(read: Read<unknown> | ReadFailure): readonly string[] {
  if (read.ok) return ['nothing is wrong'];
  const more = read.more > 0 ? [`${read.more} more`] : [];
  return [...read.problems.map(problemInShort), ...more];
}

export function problemInShort({ place, message, advice }: Problem): string {
  if (place === undefined) return `${message} | ${advice}`;
  const { line, column, source, underlineFrom, underlineLength } = place;
  const underlined = source.slice(underlineFrom, underlineFrom + underlineLength);
  return `${line}:${column} ${underlined} | ${message} | ${advice}`;
}
