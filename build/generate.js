// Generates what the wire needs from the proto files: TypeScript types, and the descriptor that a
// process loads at run time (a bundle has no proto file to read, and parsing one costs 10 ms).
// Generates from the schemas the functions that check values against them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { validatorsSource } from './validators.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(project, 'rpc/generated');
/** Relative, because the generated comments name the source. */
const protos = ['proto/bank.proto', 'proto/health.proto'];

/** @param {string} folder */
export function generateInto(folder) {
  generateTypes(folder);
  generateDescriptor(folder);
}

/** @param {string} folder */
function generateTypes(folder) {
  const tool = path.join(project, 'node_modules/.bin/proto-loader-gen-types');
  const options = [
    '--longs=Number',
    '--enums=String',
    '--keepCase',
    '--defaults',
    '--grpcLib=@grpc/grpc-js',
    '--importFileExtension=.ts',
    `--outDir=${folder}`,
    ...protos,
  ];
  execFileSync(tool, options, { cwd: project });
}

/** @param {string} folder */
function generateDescriptor(folder) {
  const root = new protobuf.Root();
  root.loadSync(
    protos.map((proto) => path.join(project, proto)),
    { keepCase: true },
  );
  const text = [
    `// Original files: ${protos.join(', ')}`,
    '',
    `export const descriptor = ${JSON.stringify(root.toJSON(), null, 2)};`,
    '',
  ].join('\n');
  fs.writeFileSync(path.join(folder, 'descriptor.ts'), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.rmSync(target, { recursive: true, force: true });
  generateInto(target);
  fs.writeFileSync(path.join(project, 'input/generated/validators.ts'), validatorsSource(project));
}
