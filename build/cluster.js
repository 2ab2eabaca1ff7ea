// Brings up a Slurm cluster on this machine and keeps it until Ctrl-C: `npm run cluster -- 3`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(project, 'dist/cluster/main.js');

const { build } = await import('esbuild');
await build({
  absWorkingDir: project,
  entryPoints: ['test/cluster/main.ts'],
  outfile: program,
  bundle: true,
  format: 'esm',
  packages: 'external',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
await import(program);
