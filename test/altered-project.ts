import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { limits } from '../bank/limits.ts';
import { freshBuild, projectFolder } from './project.ts';

export interface Alteration {
  /** Limits that are too long for a test. */
  readonly limits?: Partial<Record<keyof typeof limits, number>>;
  /** Pieces of `ecosystem.template.js`, and what stands in their place. */
  readonly template?: Readonly<Record<string, string>>;
}

const left = new Set(['node_modules', '.git', 'dist', 'runs', 'outputs', 'test', 'docs']);

/** A copy of this project, with its build, in which something is different; gone after the test. */
export async function alteredProject(test: TestContext, alteration: Alteration): Promise<string> {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-project-'));
  test.after(() => fs.rmSync(copy, { recursive: true, force: true }));
  const names = fs.readdirSync(projectFolder).filter((name) => !left.has(name));
  // With their times, so that the build that is there already serves the copy as well.
  execFileSync('cp', ['-a', ...names.map((name) => path.join(projectFolder, name)), copy]);
  fs.symlinkSync(path.join(projectFolder, 'node_modules'), path.join(copy, 'node_modules'));
  fs.mkdirSync(path.join(copy, 'dist'));
  execFileSync('cp', ['-a', await freshBuild(), path.join(copy, 'dist')]);
  edit(path.join(copy, 'ecosystem.template.js'), alteration.template ?? {});
  if (alteration.limits === undefined) return copy;
  const file = path.join(copy, 'bank/limits.ts');
  for (const [name, value] of Object.entries(alteration.limits)) {
    const line = new RegExp(`\\b${name}: [\\d_]+,`).exec(fs.readFileSync(file, 'utf8'))?.[0];
    edit(file, { [line ?? name]: `${name}: ${value},` });
  }
  await freshBuild(copy);
  return copy;
}

function edit(file: string, pieces: Readonly<Record<string, string>>): void {
  let text = fs.readFileSync(file, 'utf8');
  for (const [piece, other] of Object.entries(pieces)) {
    if (!text.includes(piece)) throw new Error(`${file} has no ${piece}`);
    text = text.replace(piece, other);
  }
  fs.writeFileSync(file, text);
}
