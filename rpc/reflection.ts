import {
  status,
  type Server,
  type ServerDuplexStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

/**
 * Server reflection, so that grpcurl and the like need no proto file. The package, a
 * second copy of gRPC and the schema cost 60 ms to load, and no run needs them: they are loaded at
 * the first call. Until then its streams are served as bytes.
 */
const services = [
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
];
const method = 'ServerReflectionInfo';

type ByteStream = ServerDuplexStream<Buffer, Buffer>;
type Serve = (stream: ByteStream) => void;

export function addReflection(server: Server): void {
  let loading: Promise<ReadonlyMap<string, Serve>> | undefined;
  for (const service of services) {
    const path = `/${service}/${method}`;
    server.addService(byteService(path), {
      [method]: (stream: ByteStream) => {
        loading ??= loadReflection();
        loading.then(
          (serve) => serve.get(path)?.(stream),
          (error: unknown) => stream.emit('error', unavailable(error)),
        );
      },
    });
  }
}

const asIs = (bytes: Buffer): Buffer => bytes;

function byteService(path: string): ServiceDefinition {
  return {
    [method]: {
      path,
      requestStream: true,
      responseStream: true,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  };
}

/** The package wants a server to add itself to; it gets one that only listens. */
async function loadReflection(): Promise<ReadonlyMap<string, Serve>> {
  const { ReflectionService } = await import('@grpc/reflection');
  const { definitions } = await import('./definitions.ts');
  const serve = new Map<string, Serve>();
  new ReflectionService(definitions).addToServer({
    addService(service, implementation) {
      const definition = service[method];
      if (definition) serve.set(definition.path, translated(service, implementation));
    },
  });
  return serve;
}

/** The package's handler, given messages where our stream carries bytes. */
function translated(service: ServiceDefinition, handlers: UntypedServiceImplementation): Serve {
  const definition = service[method];
  const handle = handlers[method] as ((stream: MessageStream) => void) | undefined;
  if (!definition || !handle) throw new Error('@grpc/reflection has another shape than expected');
  return (stream) =>
    handle({
      on: (event, listener) =>
        stream.on(event, (bytes?: Buffer) =>
          listener(bytes && definition.requestDeserialize(bytes)),
        ),
      write: (message) => stream.write(definition.responseSerialize(message)),
      end: () => stream.end(),
    });
}

/** What the package's handler uses of a stream. */
interface MessageStream {
  on(event: 'data' | 'end', listener: (message: unknown) => void): void;
  write(message: unknown): void;
  end(): void;
}

function unavailable(error: unknown): Error {
  const details = `reflection cannot be loaded here; use proto/bank.proto instead (${String(error)})`;
  return Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details });
}
