import { Client, credentials, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { clientOptions } from './channel.ts';
import { callMetadata } from './credentials.ts';
import { branchService, type BranchCallName, type BranchCalls } from './service.ts';
import { failureOf, type CallResult } from './status.ts';

/** How to reach a branch. */
export interface Route {
  /** `unix:/path` or `127.0.0.1:port`. */
  readonly target: string;
  /** The run's bearer token; only with TCP. */
  readonly token?: string;
}

/** A client of one branch. Its channel connects at the first call and again after each loss. */
export class BranchStub {
  private readonly client: Client;
  private readonly metadata: Metadata;

  constructor({ target, token }: Route) {
    this.client = new Client(target, credentials.createInsecure(), clientOptions);
    this.metadata = callMetadata(token);
  }

  /**
   * @param deadline when to give up, in milliseconds since 1970; a branch that cannot be reached
   * is waited for until then
   */
  call<Name extends BranchCallName>(
    name: Name,
    request: BranchCalls[Name]['request'],
    deadline: number,
  ): Promise<CallResult<BranchCalls[Name]['response']>> {
    const method = branchService[name];
    return new Promise((resolve) => {
      withoutStack(() =>
        this.client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          this.metadata,
          { deadline },
          (error: ServiceError | null, response?: BranchCalls[Name]['response']) =>
            resolve(resultOf(error, response)),
        ),
      );
    });
  }

  /** Connects before the first call, which then need not wait for it. */
  connect(): void {
    this.client.getChannel().getConnectivityState(true);
  }

  close(): void {
    this.client.close();
  }
}

/**
 * gRPC takes the stack of every call, for an error that may come of it: 25 of the 220 µs that a call
 * costs its caller. Nobody would see it, since a failure here is a value that names the call.
 */
function withoutStack(call: () => unknown): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    call();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** gRPC calls back with an error or a response; its types also allow neither. */
export function resultOf<Response>(
  error: ServiceError | null,
  response: Response | undefined,
): CallResult<Response> {
  if (error !== null) return { ok: false, failure: failureOf(error) };
  if (response !== undefined) return { ok: true, response };
  throw new Error('gRPC reported neither an answer nor an error');
}
