import { fromJSON, type PackageDefinition } from '@grpc/proto-loader';
import { descriptor } from './generated/descriptor.ts';

/**
 * Every service and message of the wire by full name, as proto-loader knows them: for reflection,
 * and as the reference for the generated serialisers.
 */
export const definitions: PackageDefinition = fromJSON(
  descriptor as Parameters<typeof fromJSON>[0],
  { keepCase: true, longs: Number, enums: String, defaults: true },
);
