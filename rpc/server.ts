import {
  Server,
  type handleUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { serverOptions } from './channel.ts';
import { requireToken } from './credentials.ts';
import { Health } from './health.ts';
import { addReflection } from './reflection.ts';
import { branchService, healthService, type BranchCallName, type BranchCalls } from './service.ts';
import { isTaken, removeSocket } from './socket.ts';
import { errorOf, type CallResult } from './status.ts';
import { serverCredentials, type Identity } from './tls.ts';

/** A request in, an answer or a failure out; `deadline` in milliseconds since 1970, or Infinity. */
export type BranchHandler<Name extends BranchCallName> = (
  request: BranchCalls[Name]['request'],
  deadline: number,
) => Promise<CallResult<BranchCalls[Name]['response']>>;

export type BranchHandlers = { readonly [Name in BranchCallName]: BranchHandler<Name> };

export type ServeResult =
  | { readonly ok: true; readonly server: BranchServer }
  | {
      readonly ok: false;
      readonly reason: 'address-in-use' | 'cannot-listen';
      readonly detail: string;
    };

/** Where to listen, and who is let in: with neither token nor TLS whoever finds the target. */
export interface Doorway {
  /** `unix:/path` or `127.0.0.1:port`. */
  readonly target: string;
  /** Each call must carry it; only with TCP. */
  readonly token?: string;
  /** Clients must show a certificate of the same authority; only with several machines. */
  readonly tls?: Identity;
}

/** Listens with the branch's calls, health (NOT_SERVING at first) and reflection. */
export async function serve(doorway: Doorway, handlers: BranchHandlers): Promise<ServeResult> {
  if (await isTaken(doorway.target)) return inUse;
  const health = new Health();
  const calls = new OpenCalls();
  const interceptors = doorway.token === undefined ? [] : [requireToken(doorway.token)];
  const server = new Server({ ...serverOptions, interceptors });
  server.addService(branchService, adapt(handlers, calls));
  server.addService(healthService, health.handlers);
  addReflection(server);
  const error = await listen(server, doorway);
  const { target } = doorway;
  if (error === undefined)
    return { ok: true, server: new BranchServer({ server, health, calls, target }) };
  server.forceShutdown();
  if (error.includes('EADDRINUSE')) return inUse;
  return { ok: false, reason: 'cannot-listen', detail: error };
}

const inUse: ServeResult = {
  ok: false,
  reason: 'address-in-use',
  detail: 'another process listens there',
};

/** @returns the message of the error, if any */
function listen(server: Server, { target, tls }: Doorway): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.bindAsync(target, serverCredentials(tls), (error) => resolve(error?.message));
  });
}

function adapt(handlers: BranchHandlers, calls: OpenCalls): UntypedServiceImplementation {
  const adapted = Object.entries(handlers).map(
    ([name, handler]) => [name, unary(handler as BranchHandler<BranchCallName>, calls)] as const,
  );
  return Object.fromEntries(adapted);
}

/** An error that a handler throws is a bug: it stays unhandled and ends the process. */
function unary<Name extends BranchCallName>(
  handler: BranchHandler<Name>,
  calls: OpenCalls,
): handleUnaryCall<BranchCalls[Name]['request'], BranchCalls[Name]['response']> {
  return (call, callback) => {
    calls.begin();
    void answer(handler(call.request, Number(call.getDeadline())), callback).then(calls.end);
  };
}

async function answer<Response>(
  result: Promise<CallResult<Response>>,
  callback: sendUnaryData<Response>,
): Promise<void> {
  const settled = await result;
  if (settled.ok) callback(null, settled.response);
  else callback(errorOf(settled.failure));
}

/** Counts the calls that wait for their answer. */
class OpenCalls {
  count = 0;

  readonly begin = (): void => {
    this.count += 1;
  };

  readonly end = (): void => {
    this.count -= 1;
  };
}

interface Listening {
  readonly server: Server;
  readonly health: Health;
  readonly calls: OpenCalls;
  readonly target: string;
}

/** A server that listens. */
export class BranchServer {
  private readonly listening: Listening;

  constructor(listening: Listening) {
    this.listening = listening;
  }

  /** No call waits for its answer. */
  get isIdle(): boolean {
    return this.listening.calls.count === 0;
  }

  /** From now on health answers SERVING. */
  setServing(): void {
    this.listening.health.setServing(true);
  }

  /**
   * Takes no new calls and lets open ones finish within the grace. A call that is still open then
   * ends with the process: gRPC cuts none off while its introspection is disabled.
   */
  stop(graceMs: number): Promise<void> {
    const { server, health } = this.listening;
    health.end();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        server.forceShutdown();
        resolve();
      }, graceMs);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /**
   * For a process that ends at once: the kernel closes what it holds. Saying goodbye on each of 98
   * connections costs 130 ms of processor time, as much as the branch's start.
   */
  abandon(): void {
    removeSocket(this.listening.target);
  }
}
