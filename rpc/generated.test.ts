import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../test/project.ts';
import { scratchFolder } from '../test/scratch.ts';

function contents(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.ts'))
      .toSorted()
      .map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
}

test('what is generated from the proto files is up to date', async (t) => {
  const script = pathToFileURL(path.join(projectFolder, 'build/generate.js')).href;
  const { generateInto } = (await import(script)) as typeof import('../build/generate.js');
  const fresh = scratchFolder(t);
  generateInto(fresh);
  assert.deepEqual(
    contents(path.join(projectFolder, 'rpc/generated')),
    contents(fresh),
    'rpc/generated is stale: run `npm run generate`',
  );
});
