import { once } from 'node:events';
import { Metadata, type Client } from '@grpc/grpc-js';

const asIs = (bytes: Buffer): Buffer => bytes;

/** Bytes of `{ list_services: "*" }`. */
const listServices = Buffer.from([0x3a, 0x01, 0x2a]);

/** The services that reflection lists, in the order of its answer. */
export async function reflectedServices(
  client: Client,
  version: 'v1' | 'v1alpha',
  metadata = new Metadata(),
): Promise<string[]> {
  const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
  const stream = client.makeBidiStreamRequest(path, asIs, asIs, metadata, {
    deadline: Date.now() + 10_000,
  });
  const answered = once(stream, 'data');
  stream.write(listServices);
  const [answer] = (await answered) as [Buffer];
  stream.end();
  stream.resume();
  await once(stream, 'end');
  return answer.toString('latin1').match(/[a-z][\w.]*\.[A-Z]\w+/g) ?? [];
}
