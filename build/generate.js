// Generates the TypeScript types of the wire from the proto. `--check` only says whether they are stale.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(project, 'rpc/generated');

/** @param {string} folder */
export function generateInto(folder) {
  const tool = path.join(project, 'node_modules/.bin/proto-loader-gen-types');
  const options = [
    '--longs=Number',
    '--enums=String',
    '--keepCase',
    '--defaults',
    '--oneofs',
    '--grpcLib=@grpc/grpc-js',
    '--importFileExtension=.ts',
    `--outDir=${folder}`,
    // Relative, because the generated comments name the source.
    'proto/bank.proto',
  ];
  execFileSync(tool, options, { cwd: project });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.rmSync(target, { recursive: true, force: true });
  generateInto(target);
}
