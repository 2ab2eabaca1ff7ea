// Builds the bench and its floors, then runs it: `npm run bench -- --help`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms, freshBuild } from './build.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const programs = path.join(project, 'dist/bench');

async function buildBench() {
  const { build } = await import('esbuild');
  fs.rmSync(programs, { recursive: true, force: true });
  await build({
    absWorkingDir: project,
    outdir: programs,
    entryPoints: { main: 'bench/main.ts', 'bare-run': 'bench/bare-run.ts' },
    bundle: true,
    format: 'esm',
    packages: 'external',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  // The floors are built like the children that they are compared with.
  await buildPrograms(programs, {
    branch: 'bench/floor/branch.ts',
    customer: 'bench/floor/customer.ts',
  });
}

const product = await freshBuild();
await buildBench();
/** @type {typeof import('../bench/main.ts')} */
const { main } = await import(path.join(programs, 'main.js'));
process.exitCode = await main(process.argv.slice(2), { product, programs, project });
