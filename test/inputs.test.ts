import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './project.ts';
import { World } from './rig.ts';

/** Every example is a test: real processes, the expected output, nothing left behind. */
const inputs = path.join(projectFolder, 'inputs');
const examples = fs
  .readdirSync(inputs, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(json|yaml)$/.test(name) && !/^(expected|invalid)\//.test(name))
  .toSorted();

for (const name of examples) {
  test(`inputs/${name} is served as expected`, async (t) => {
    const world = new World(t);
    const expected = readExpectation(name);
    const ended = await world.run(['run', path.join(inputs, name), '-o', 'output.json']);
    assert.equal(String(ended.code ?? ended.signal), expected.ending, ended.stderr);
    assert.equal(outputOf(world), expected.output);
    await world.untilNothingLeft(2_000);
  });
}

interface Expectation {
  /** Exit code, or the signal that ended the run. */
  readonly ending: string;
  /** Undefined: none may be there. */
  readonly output: string | undefined;
}

/** `expected/NAME.json`, and `expected/NAME.exit-code` where it is not 0. */
function readExpectation(name: string): Expectation {
  const { dir, name: base } = path.parse(name);
  const beside = (extension: string): string | undefined =>
    readIfThere(path.join(inputs, 'expected', dir, `${base}.${extension}`));
  return { ending: beside('exit-code')?.trim() ?? '0', output: beside('json') };
}

const outputOf = (world: World): string | undefined =>
  readIfThere(world.path('output.json')) ?? readIfThere(world.path('output.partial.json'));

const readIfThere = (file: string): string | undefined =>
  fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
