// Packs what the nodes of a cluster need into one file: the agent, and the programs of the children
// in a comment behind it. `agent/folder.ts` unpacks it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string} folder a build, with the programs of the children in it */
export async function buildPack(folder) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['agent/main.ts'],
    bundle: true,
    platform: 'node',
    // A node with an old Node.js must come so far that it says so.
    target: 'node14',
    format: 'cjs',
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  const [agent] = outputFiles;
  if (agent === undefined) throw new Error('esbuild made nothing of the agent');
  const packedFiles = [
    ...programFiles(folder).map((name) => path.join(folder, name)),
    // For tools on a node: reflection needs what only this machine has.
    path.join(project, 'proto/bank.proto'),
  ];
  const files = Object.fromEntries(
    packedFiles.map((file) => [path.basename(file), fs.readFileSync(file).toString('base64')]),
  );
  const packed = gzipSync(JSON.stringify(files)).toString('base64');
  fs.writeFileSync(path.join(folder, 'pack.cjs'), `${agent.text.trimEnd()}\n//${packed}`);
}

/** @param {string} folder */
const programFiles = (folder) =>
  fs.readdirSync(folder).filter((name) => /^(branch|customer)\.(cjs|bundle\.js)/.test(name));
