// Builds the bench and its floors, then runs it: `npm run bench -- --help`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms, freshBuild } from './build.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string} programs the folder for them */
async function buildBench(programs) {
  const { build } = await import('esbuild');
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
  await buildPrograms(path.join(programs, 'mended'), {
    branch: 'bench/floor/mended-branch.ts',
    customer: 'bench/floor/mended-customer.ts',
  });
}

const product = await freshBuild();
const programs = fs.mkdtempSync(path.join(project, 'dist/bench-'));
process.once('exit', () => fs.rmSync(programs, { recursive: true, force: true }));
await buildBench(programs);
/** @type {typeof import('../bench/main.ts')} */
const { main } = await import(path.join(programs, 'main.js'));
process.exitCode = await main(process.argv.slice(2), { product, programs, project });
