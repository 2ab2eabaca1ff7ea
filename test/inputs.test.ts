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
    const expected = expectation(name);
    const ended = await world.run(['run', path.join(inputs, name), '-o', 'output.json']);
    assert.equal(ended.code, expected.exitCode, ended.stderr);
    const output = world.exists('output.json') ? 'output.json' : 'output.partial.json';
    assert.equal(world.read(output), expected.text);
    await world.untilNothingLeft(2_000);
  });
}

/** The output beside the input's name, and the exit code where it is not 0. */
function expectation(name: string): { text: string; exitCode: number } {
  const { dir, name: base } = path.parse(name);
  const file = path.join(inputs, 'expected', dir, `${base}.json`);
  const codeFile = path.join(inputs, 'expected', dir, `${base}.exit-code`);
  const exitCode = fs.existsSync(codeFile) ? Number(fs.readFileSync(codeFile, 'utf8')) : 0;
  return { text: fs.readFileSync(file, 'utf8'), exitCode };
}
