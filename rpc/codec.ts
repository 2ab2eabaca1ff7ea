import type { MethodDefinition } from '@grpc/grpc-js';
import protobuf from 'protobufjs/minimal.js';

/** What the generated code of a message is made of. */

/** Writes a message's fields, and reads them up to the reader's end. */
export interface Codec<Message> {
  write(message: Message, writer: protobuf.Writer): protobuf.Writer;
  read(reader: protobuf.Reader): Message;
}

interface Ends<Request, Response> {
  readonly request: Codec<Request>;
  readonly response: Codec<Response>;
}

interface Streams {
  readonly responseStream: boolean;
}

/** The call at this path, as gRPC wants to know it. */
export const method = <Request, Response>(
  path: string,
  { request, response }: Ends<Request, Response>,
  { responseStream }: Streams = { responseStream: false },
): MethodDefinition<Request, Response> => ({
  path,
  requestStream: false,
  responseStream,
  requestSerialize: (message) => toBytes(request, message),
  requestDeserialize: (bytes) => request.read(protobuf.Reader.create(bytes)),
  responseSerialize: (message) => toBytes(response, message),
  responseDeserialize: (bytes) => response.read(protobuf.Reader.create(bytes)),
});

// Under Node the bytes are always a Buffer.
const toBytes = <Message>(codec: Codec<Message>, message: Message): Buffer =>
  codec.write(message, protobuf.Writer.create()).finish() as Buffer;

/** A message within a message: its length, then its fields. */
export function readNested<Message>(reader: protobuf.Reader, codec: Codec<Message>): Message {
  const end = reader.uint32() + reader.pos;
  const { len } = reader;
  if (end > len) throw new RangeError('index out of range');
  reader.len = end;
  const message = codec.read(reader);
  if (reader.pos !== end) throw new RangeError('index out of range');
  reader.len = len;
  return message;
}

/** Whole numbers beyond 2^53 - 1 come out rounded, to a number that is not a safe integer. */
export const readNumber = ({ low, high, unsigned }: protobuf.Long): number =>
  (unsigned ? high >>> 0 : high) * 2 ** 32 + (low >>> 0);

/** Names and numbers of an enumeration. A number without a name stays a number. */
export class EnumNames {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly names: ReadonlyMap<number, string>;

  constructor(values: Readonly<Record<string, number>>) {
    const entries = Object.entries(values);
    this.numbers = new Map(entries);
    this.names = new Map(entries.map(([name, number]) => [number, name]));
  }

  name(number: number): string | number {
    return this.names.get(number) ?? number;
  }

  /** Undefined for a name that it does not have: then nothing is sent. */
  number(name: string | number | undefined): number | undefined {
    return typeof name === 'number' ? name : this.numbers.get(name ?? '');
  }
}
