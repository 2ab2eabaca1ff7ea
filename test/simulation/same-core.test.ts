import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../project.ts';

/** Every file of ours that a file reaches by value; types vanish when it runs. */
function reached(entry: string): Set<string> {
  const files = new Set([entry]);
  for (const file of files) {
    const text = fs.readFileSync(path.join(projectFolder, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(
      /^(?:import|export) (?!type )[^;]*?'(\.[^']+)'/gm,
    ))
      files.add(path.posix.join(path.posix.dirname(file), specifier));
  }
  return files;
}

const core = reached('branch/replica.ts');
const simulation = fs
  .readdirSync(path.join(projectFolder, 'test/simulation'))
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/simulation/${name}`);

test('the branch process and the simulation run the very same core', () => {
  const branch = reached('branch/main.ts');
  const simulated = new Set(simulation.flatMap((file) => [...reached(file)]));
  for (const file of [...core, 'branch/record.ts']) {
    assert.ok(branch.has(file), `branch/main.ts does not reach ${file}`);
    assert.ok(simulated.has(file), `no simulation reaches ${file}`);
  }
});

test('the simulation has no replica of its own', () => {
  const classes = [...new Set(simulation.flatMap((file) => [...reached(file)]))]
    .filter((file) => file.startsWith('test/'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(projectFolder, file), 'utf8');
      return [...text.matchAll(/^.*\bclass (\w+)(?: extends (\w+))? \{/gm)].map((match) => ({
        name: match[1],
        base: match[2],
      }));
    });
  const own = classes.filter(({ base }) => base !== 'Replica').map(({ name }) => name);
  assert.deepEqual(new Set(own), new Set(['World', 'Judge', 'Violation', 'Random']));
});

test('the core does no input or output and knows no clock', () => {
  const wrong = [...core].filter((file) => {
    const text = fs.readFileSync(path.join(projectFolder, file), 'utf8');
    return /'node:|\bsetTimeout|\bDate\b|Math\.random|\bprocess\.|\bperformance\b|console\./.test(
      text,
    );
  });
  assert.deepEqual(wrong, []);
});
