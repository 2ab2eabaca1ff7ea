import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceDefinition } from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import { Random } from '../test/simulation/random.ts';
import { definitions } from './definitions.ts';
import { descriptor } from './generated/descriptor.ts';
import { branchService, healthService } from './service.ts';

/** What is generated must do what proto-loader does, on every message and on bytes that are none. */

const seed = 20_260;
const rounds = 400;

type Fields = Record<string, unknown>;
interface Coder {
  readonly write: (message: Fields) => Buffer;
  readonly read: (bytes: Buffer) => unknown;
}
interface Case {
  readonly title: string;
  readonly type: protobuf.Type;
  readonly ours: Coder;
  readonly reference: Coder;
}

const root = protobuf.Root.fromJSON(descriptor as protobuf.INamespace).resolveAll();
const services = {
  'bank.Branch': branchService,
  'grpc.health.v1.Health': healthService,
} as unknown as Record<string, ServiceDefinition>;

const cases = Object.entries(services).flatMap(([name, service]) =>
  root.lookupService(name).methodsArray.flatMap((method): Case[] => {
    const ours = service[method.name];
    const reference = (definitions[name] as ServiceDefinition)[method.name];
    assert.ok(ours && reference && method.resolvedRequestType && method.resolvedResponseType);
    return [
      {
        title: `request of ${name}.${method.name}`,
        type: method.resolvedRequestType,
        ours: { write: ours.requestSerialize, read: ours.requestDeserialize },
        reference: { write: reference.requestSerialize, read: reference.requestDeserialize },
      },
      {
        title: `answer of ${name}.${method.name}`,
        type: method.resolvedResponseType,
        ours: { write: ours.responseSerialize, read: ours.responseDeserialize },
        reference: { write: reference.responseSerialize, read: reference.responseDeserialize },
      },
    ];
  }),
);

const exact = Number.MAX_SAFE_INTEGER;
const numbers: Record<string, readonly number[]> = {
  uint32: [0, 1, 127, 128, 2 ** 31, 2 ** 32 - 1],
  uint64: [0, 1, 127, 128, 2 ** 31, 2 ** 32, 2 ** 32 + 1, exact - 1, exact],
  int64: [0, 1, -1, 127, 128, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, exact, -exact],
};
const texts = ['', 'a', 'branch-2', 'ünïcödé', '😀', '\uD800', '\0', 'long '.repeat(60)];

/** Every field may also be absent, undefined or null. */
function randomMessage(random: Random, type: protobuf.Type): Fields {
  const message: Fields = {};
  for (const field of type.fieldsArray) {
    if (random.chance(0.2)) continue;
    const value = randomValue(random, field);
    message[field.name] = random.chance(0.9) ? value : random.chance(0.5) ? null : undefined;
  }
  return message;
}

function randomValue(random: Random, field: protobuf.Field): unknown {
  const { type, resolvedType, repeated } = field;
  if (repeated && resolvedType instanceof protobuf.Type)
    return Array.from({ length: random.between(0, 3) }, () => randomMessage(random, resolvedType));
  if (resolvedType instanceof protobuf.Type) return randomMessage(random, resolvedType);
  if (resolvedType instanceof protobuf.Enum) {
    const { values } = resolvedType;
    return random.pick([...Object.keys(values), ...Object.values(values), 99, -1, 'NONSENSE']);
  }
  return type === 'string' ? random.pick(texts) : random.pick(numbers[type] ?? []);
}

/** Bytes changed, cut off, or followed by a field that no message has or by a second message. */
function damaged(random: Random, bytes: Buffer, other: Buffer): Buffer {
  switch (random.between(0, 3)) {
    case 0:
      return bytes.subarray(0, random.between(0, bytes.length));
    case 1: {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[random.between(0, changed.length - 1)] = randomByte(random);
      return changed;
    }
    case 2: {
      const tag = random.between(0, 250);
      const rest = Array.from({ length: random.between(0, 12) }, () => randomByte(random));
      return Buffer.concat([Buffer.from([tag]), Buffer.from(rest), bytes]);
    }
    default:
      return Buffer.concat([bytes, other]);
  }
}

const randomByte = (random: Random): number => random.between(0, 255);

/** What came out, or the error. */
function outcome(read: Coder['read'], bytes: Buffer): unknown {
  try {
    return read(bytes);
  } catch (error) {
    return String(error);
  }
}

for (const { title, type, ours, reference } of cases) {
  test(`${title}: bytes and content are proto-loader's (seed ${seed})`, () => {
    const random = new Random(seed);
    for (let round = 0; round < rounds; round += 1) {
      const message = randomMessage(random, type);
      const bytes = reference.write(message);
      assert.deepEqual(ours.write(message), bytes, JSON.stringify(message));
      assert.deepEqual(ours.read(bytes), reference.read(bytes), JSON.stringify(message));
    }
  });

  test(`${title}: damaged bytes end as with proto-loader (seed ${seed})`, () => {
    const random = new Random(seed);
    let refused = 0;
    for (let round = 0; round < rounds; round += 1) {
      const [bytes, other] = [randomMessage(random, type), randomMessage(random, type)].map(
        reference.write,
      );
      assert.ok(bytes && other);
      const broken = damaged(random, bytes, other);
      const expected = outcome(reference.read, broken);
      assert.deepEqual(outcome(ours.read, broken), expected, broken.toString('hex'));
      if (typeof expected === 'string') refused += 1;
    }
    assert.ok(refused > rounds / 50, `only ${refused} of ${rounds} were refused`);
  });
}

const wide = [
  ['2^53', '8080808080808010'],
  ['2^53 + 1', '8180808080808010'],
  ['2^63 - 1', 'ffffffffffffffff7f'],
  ['-2^63', '80808080808080808001'],
  ['2^64 - 1', 'ffffffffffffffffff01'],
  ['a varint of 11 bytes', 'ffffffffffffffffffff01'],
] as const;

for (const [title, hex] of wide) {
  test(`${title} is read as with proto-loader`, () => {
    for (const { ours, reference } of cases) {
      for (let field = 1; field <= 7; field += 1) {
        const bytes = Buffer.concat([Buffer.from([field << 3]), Buffer.from(hex, 'hex')]);
        assert.deepEqual(outcome(ours.read, bytes), outcome(reference.read, bytes));
      }
    }
  });
}

test('a number that runs out of the message that it is in is refused as with proto-loader', () => {
  // Three bytes of a clock that all say "more follows", at the end of an envelope of four bytes.
  const bytes = Buffer.from('0a042080808001', 'hex');
  const [request] = cases;
  assert.ok(request);
  const expected = outcome(request.reference.read, bytes);
  assert.equal(typeof expected, 'string');
  assert.equal(outcome(request.ours.read, bytes), expected);
});
