// Generates what the wire needs from the proto files: TypeScript types, the functions that write and
// read messages, and the descriptor that reflection tells (a bundle has no proto file to read).
// Generates from the schemas the functions that check values against them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { serialisersSource } from './serialisers.js';
import { validatorsSource } from './validators.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(project, 'rpc/generated');
/** Relative, because the generated comments name the source. */
const protos = ['proto/bank.proto', 'proto/health.proto'];

/** @param {string} folder */
export function generateInto(folder) {
  generateTypes(folder);
  const root = new protobuf.Root();
  root.loadSync(
    protos.map((proto) => path.join(project, proto)),
    { keepCase: true },
  );
  fs.writeFileSync(path.join(folder, 'descriptor.ts'), descriptorSource(root));
  fs.writeFileSync(path.join(folder, 'messages.ts'), serialisersSource(root, protos));
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

/** @param {protobuf.Root} root */
function descriptorSource(root) {
  return [
    `// Original files: ${protos.join(', ')}`,
    '',
    `export const descriptor = ${JSON.stringify(root.toJSON(), null, 2)};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.rmSync(target, { recursive: true, force: true });
  generateInto(target);
  fs.writeFileSync(path.join(project, 'input/generated/validators.ts'), validatorsSource(project));
}
