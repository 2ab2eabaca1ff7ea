// Generates, for each message of the proto files, the function that writes it and the one that
// reads it. They do what proto-loader's do (a test holds both together), without the schema at run
// time: loading proto-loader and compiling the schema is a third of a process start.
import protobuf from 'protobufjs';

/** @typedef {import('protobufjs').Type} Type */
/** @typedef {import('protobufjs').Field} Field */

const groupEnd = 3;
const wireTypes = { string: 2, uint32: 0, int64: 0, uint64: 0 };
const defaults = { string: "''", uint32: '0', int64: '0', uint64: '0' };

/** @param {string} type @returns {type is keyof typeof wireTypes} */
const isScalar = (type) => type in wireTypes;

/** Protocol buffers have more than our proto files use; what they do not use is not generated. */
const unsupported = (/** @type {Field} */ { fullName }) =>
  new Error(`build/serialisers.js has no code for fields like ${fullName}: add it there`);

/** @param {import('protobufjs').ReflectionObject} object */
const fullName = (object) => object.fullName.slice(1);

/** @param {Type} type */
const typeName = (type) => `${type.name}__Output`;

/** @param {protobuf.Enum} type */
const enumName = (type) => `${type.name[0]?.toLowerCase()}${type.name.slice(1)}Names`;

/**
 * @param {protobuf.NamespaceBase} namespace
 * @returns {protobuf.ReflectionObject[]} everything that it declares, in the order of the files
 */
const declared = (namespace) =>
  namespace.nestedArray.flatMap((object) => [
    ...(object instanceof protobuf.Namespace ? declared(object) : []),
    object,
  ]);

/**
 * @param {protobuf.Root} root
 * @param {readonly string[]} protos where it was read from
 * @returns {string} TypeScript
 */
export function serialisersSource(root, protos) {
  root.resolveAll();
  const objects = declared(root);
  const enums = objects.filter((object) => object instanceof protobuf.Enum);
  const types = objects.filter((object) => object instanceof protobuf.Type);
  const services = objects.filter((object) => object instanceof protobuf.Service);
  return [
    `// Original files: ${protos.join(', ')}`,
    '',
    `import { EnumNames, method, readNested, readNumber, type Codec } from '../codec.ts';`,
    ...types.map(importType),
    '',
    ...enums.map(enumTable),
    ...types.flatMap((type) => ['', ...codec(type)]),
    ...services.flatMap((service) => ['', ...serviceDefinition(service)]),
    '',
  ].join('\n');
}

/** @param {Type} type */
const importType = (type) =>
  `import type { ${typeName(type)} } from './${fullName(type).replaceAll('.', '/')}.ts';`;

/** @param {protobuf.Enum} type */
const enumTable = (type) =>
  `const ${enumName(type)} = new EnumNames(${JSON.stringify(type.values)});`;

/** @param {Type} type */
function codec(type) {
  const fields = type.fieldsArray.toSorted((a, b) => a.id - b.id);
  const required = fields.filter((field) => !field.partOf);
  const initial = required.map((field) => `${field.name}: ${initialValue(field)}`);
  return [
    `export const ${type.name}: Codec<${typeName(type)}> = {`,
    `  write(${fields.length > 0 ? 'message' : '_message'}, writer) {`,
    ...fields.flatMap(writeField).map((line) => `    ${line}`),
    '    return writer;',
    '  },',
    '  read(reader) {',
    `    const message: ${typeName(type)} = { ${initial.join(', ')} };`,
    '    while (reader.pos < reader.len) {',
    '      const tag = reader.uint32();',
    `      switch (tag >>> ${groupEnd}) {`,
    ...fields.flatMap(readField).map((line) => `        ${line}`),
    '        default: reader.skipType(tag & 7);',
    '      }',
    '    }',
    '    return message;',
    '  },',
    '};',
  ];
}

/** @param {Field} field */
function initialValue(field) {
  const { type, resolvedType, repeated } = field;
  if (repeated) return '[]';
  if (resolvedType instanceof protobuf.Enum)
    return JSON.stringify(resolvedType.valuesById[Number(field.typeDefault)]);
  if (isScalar(type)) return defaults[type];
  throw unsupported(field);
}

/** @param {Field} field */
function writeField(field) {
  const { id, name, type, resolvedType, repeated, map } = field;
  if (map || (repeated && !(resolvedType instanceof protobuf.Type))) throw unsupported(field);
  const value = `message.${name}`;
  /** @param {number} wireType */
  const tag = (wireType) => `writer.uint32(${(id << 3) | wireType})`;
  if (resolvedType instanceof protobuf.Enum)
    return [
      `const ${name} = ${enumName(resolvedType)}.number(${value});`,
      `if (${name} !== undefined) ${tag(0)}.int32(${name});`,
    ];
  if (resolvedType instanceof protobuf.Type && repeated)
    return [
      `for (const item of ${value} ?? []) ${resolvedType.name}.write(item, ${tag(2)}.fork()).ldelim();`,
    ];
  if (resolvedType instanceof protobuf.Type)
    return [
      `if (${value} != null) ${resolvedType.name}.write(${value}, ${tag(2)}.fork()).ldelim();`,
    ];
  if (!isScalar(type)) throw unsupported(field);
  return [`if (${value} != null) ${tag(wireTypes[type])}.${type}(${value});`];
}

/** @param {Field} field */
function readField(field) {
  const { id, name, repeated } = field;
  const value = readValue(field);
  const taken = repeated ? `message.${name}.push(${value})` : `message.${name} = ${value}`;
  return [`case ${id}:`, `  ${taken};`, '  break;'];
}

/** @param {Field} field */
function readValue({ name, type, parent, resolvedType }) {
  if (resolvedType instanceof protobuf.Type) return `readNested(reader, ${resolvedType.name})`;
  if (resolvedType instanceof protobuf.Enum)
    return `${enumName(resolvedType)}.name(reader.int32()) as ${parent?.name}__Output['${name}']`;
  return type.endsWith('64') ? `readNumber(reader.${type}())` : `reader.${type}()`;
}

/** @param {protobuf.Service} service */
function serviceDefinition(service) {
  const methods = service.methodsArray.map((method) => {
    const { name, resolvedRequestType: request, resolvedResponseType: response } = method;
    const path = `/${fullName(service)}/${name}`;
    const streams = method.responseStream ? ', { responseStream: true }' : '';
    if (method.requestStream) throw new Error(`${path}: no code for a stream of requests`);
    return `  ${name}: method('${path}', { request: ${request?.name}, response: ${response?.name} }${streams}),`;
  });
  return [
    `/** The service ${fullName(service)}. */`,
    `export const ${service.name} = {`,
    ...methods,
    '} as const;',
  ];
}
