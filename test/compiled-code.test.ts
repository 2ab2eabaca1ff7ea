import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Script } from 'node:vm';
import { freshBuild } from './project.ts';

for (const program of ['branch', 'customer']) {
  test(`V8 takes the code of a ${program} that was compiled at the build`, async () => {
    const bundle = path.join(await freshBuild(), `${program}.bundle.js`);
    // As build/child.cjs puts it.
    const source = `(function (require, module, exports) {${fs.readFileSync(bundle, 'utf8')}\n})`;
    const cachedData = fs.readFileSync(`${bundle}.compiled`);
    assert.equal(new Script(source, { filename: bundle, cachedData }).cachedDataRejected, false);
  });
}

// What loads more modules of Node.js, in every process of a run.
for (const [word, instead] of [
  ['performance', 'monotonicMs, of process/clock.ts'],
  ['rmSync', 'unlinkSync'],
]) {
  test(`no child uses ${word}`, async () => {
    for (const program of ['branch', 'customer']) {
      const bundle = fs.readFileSync(path.join(await freshBuild(), `${program}.bundle.js`), 'utf8');
      const uses = new RegExp(`\\b${word}[.(]`).test(bundle);
      assert.equal(uses, false, `${program} uses ${word}; use ${instead}`);
    }
  });
}
