// Builds the soak and runs it: `npm run soak -- --runs 200 --seed 7`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshBuild } from './build.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(project, 'dist/soak/soak.js');

await freshBuild();
const { build } = await import('esbuild');
await build({
  absWorkingDir: project,
  entryPoints: ['test/soak/soak.ts'],
  outfile: program,
  bundle: true,
  format: 'esm',
  packages: 'external',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
await import(program);
