import {
  type ChannelOptions,
  Client,
  type ClientUnaryCall,
  type Metadata,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { BranchAddress } from '../bank/topology.ts';
import { mendBinding } from './binding.ts';
import { callMetadata } from './credentials.ts';
import { branchService, type BranchCallName, type BranchCalls } from './service.ts';
import { failureOf, type CallResult } from './status.ts';
import { channelCredentials, channelOptions, type Identity, type PeerTls } from './tls.ts';

mendBinding();

/** How to reach a branch. */
export interface Route {
  /** `unix:/path` or `127.0.0.1:port`. */
  readonly target: string;
  /** The run's bearer token; only with TCP. */
  readonly token?: string;
  /** Between machines; elsewhere the connection is plain. */
  readonly tls?: PeerTls;
}

/** What lets a process of the run in at the branches: nothing is needed with Unix sockets. */
export interface Access {
  /** The run's bearer token; only with TCP. */
  readonly token?: string;
  /** What this machine shows of itself; only with several. */
  readonly identity?: Identity;
}

/** How a process of the run reaches a branch: the branch's certificate bears its machine's name. */
export function routeTo(branch: BranchAddress, { token, identity }: Access): Route {
  const { process, target, node } = branch;
  if (identity === undefined) return { target, token };
  if (node === undefined) throw new Error(`nobody says on which machine ${process} runs`);
  return { target, token, tls: { ...identity, serverName: node } };
}

/** A connection to one branch: made at the first call, and again after each loss. */
export class Connection {
  private readonly client: Client;
  private readonly open = new Set<ClientUnaryCall>();

  constructor({ target, tls }: Route, options: ChannelOptions = {}) {
    const all = { ...channelOptions(tls), ...options };
    this.client = new Client(target, channelCredentials(tls), all);
  }

  /**
   * @param deadline when to give up, in milliseconds since 1970; a branch that cannot be reached
   * is waited for until then
   */
  call<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    metadata: Metadata,
    deadline: number,
  ): Promise<CallResult<Response>> {
    return new Promise((resolve) => {
      const call = withoutStack(() =>
        this.client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          metadata,
          { deadline },
          (error: ServiceError | null, response?: Response) => {
            this.open.delete(call);
            resolve(resultOf(error, response));
          },
        ),
      );
      this.open.add(call);
    });
  }

  /** Connects before the first call, which then need not wait for it. */
  connect(): void {
    this.client.getChannel().getConnectivityState(true);
  }

  /** Hangs up: calls that are under way fail as CANCELLED, though the branch may have served them. */
  close(): void {
    for (const call of this.open) call.cancel();
    this.client.close();
  }
}

/** A client of one branch. */
export class BranchStub {
  private readonly connection: Connection;
  private readonly metadata: Metadata;

  constructor(route: Route) {
    this.connection = new Connection(route);
    this.metadata = callMetadata(route.token);
  }

  /** @param deadline when to give up, in milliseconds since 1970 */
  call<Name extends BranchCallName>(
    name: Name,
    request: BranchCalls[Name]['request'],
    deadline: number,
  ): Promise<CallResult<BranchCalls[Name]['response']>> {
    return this.connection.call(branchService[name], request, this.metadata, deadline);
  }

  connect(): void {
    this.connection.connect();
  }

  close(): void {
    this.connection.close();
  }
}

/**
 * gRPC takes the stack of every call, for an error that may come of it: 25 of the 220 µs that a call
 * costs its caller. Nobody would see it, since a failure here is a value that names the call.
 */
function withoutStack<Result>(call: () => Result): Result {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** gRPC calls back with an error or a response; its types also allow neither. */
function resultOf<Response>(
  error: ServiceError | null,
  response: Response | undefined,
): CallResult<Response> {
  if (error !== null) return { ok: false, failure: failureOf(error) };
  if (response !== undefined) return { ok: true, response };
  throw new Error('gRPC reported neither an answer nor an error');
}
