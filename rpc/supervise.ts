import type { MethodDefinition } from '@grpc/grpc-js';
import { Connection, type Route } from './client.ts';
import { callMetadata } from './credentials.ts';
import type { HealthCheckResponse__Output as HealthResponse } from './generated/grpc/health/v1/HealthCheckResponse.ts';
import { branchService, branchServiceName, healthService, type BranchCalls } from './service.ts';
import { awaitSocket } from './socket.ts';
import { isDefinite, type CallFailure, type CallResult } from './status.ts';

/** What the supervisor asks of a branch: does it serve, and what is its final state? */

/** A branch that is up but not ready is asked again after this time. */
const askAgainMs = 20;

/** A start takes 60 ms and more, so a branch that does not listen yet is tried this often. */
const impatient = {
  'grpc.initial_reconnect_backoff_ms': 20,
  'grpc.max_reconnect_backoff_ms': 50,
};

/**
 * The supervisor's connection to one branch. It is kept from the first question to the last: a new
 * one costs supervisor and branch 5 ms of processor time.
 */
export class SupervisorStub {
  private readonly route: Route;
  private readonly connection: Connection;
  private isClosed = false;

  constructor(route: Route) {
    this.route = route;
    this.connection = new Connection(route, impatient);
  }

  /**
   * Waits until the branch's health answers SERVING.
   * @returns undefined when it serves, else why it does not
   */
  async checkHealth(withinMs: number): Promise<CallFailure | undefined> {
    const deadline = Date.now() + withinMs;
    await awaitSocket(this.route.target, deadline);
    // What a branch that is up has said tells more than that time ran out while asking again.
    let said: CallFailure | undefined;
    for (;;) {
      const result = await this.askHealth(deadline);
      if (result.ok && result.response.status === 'SERVING') return undefined;
      if (result.ok) said = notServing(result.response);
      else if (isDefinite(result.failure)) return result.failure;
      else if (this.isClosed || Date.now() + askAgainMs >= deadline) return said ?? result.failure;
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }

  /** Without the token: until a branch has said that it serves, anybody may be listening there. */
  private async askHealth(deadline: number): Promise<CallResult<HealthResponse>> {
    const request = { service: branchServiceName };
    if (this.isClosed) return { ok: false, failure: hungUp };
    return this.connection.call(healthService.Check, request, callMetadata(undefined), deadline);
  }

  /** Has the branch connect to its fellows; if it cannot, it does when it needs them. */
  async connectToFellows(runId: string, withinMs: number): Promise<void> {
    await this.ask(branchService.Connect, runId, withinMs);
  }

  /** Waits until every decision of the branch is acknowledged by its fellows. */
  async settle(runId: string, withinMs: number): Promise<CallResult<Settled>> {
    const result = await this.ask(branchService.Settle, runId, withinMs);
    if (!result.ok) return result;
    const { balance, version } = result.response;
    if (balance !== undefined && version !== undefined)
      return { ok: true, response: { balance, version } };
    return {
      ok: false,
      failure: { status: 'INTERNAL', detail: 'its answer lacks balance or version' },
    };
  }

  private async ask<Response>(
    method: MethodDefinition<BranchCalls['Settle']['request'], Response>,
    runId: string,
    withinMs: number,
  ): Promise<CallResult<Response>> {
    if (this.isClosed) return { ok: false, failure: hungUp };
    const envelope = { run_id: runId, sender: 'supervisor', message: '', clock: 0 };
    const deadline = Date.now() + withinMs;
    return this.connection.call(method, { envelope }, callMetadata(this.route.token), deadline);
  }

  /** Hangs up: calls that are under way fail as CANCELLED, and no other is made. */
  close(): void {
    this.isClosed = true;
    this.connection.close();
  }
}

/** gRPC itself would throw at a call after the end. */
const hungUp: CallFailure = { status: 'CANCELLED', detail: 'the supervisor has hung up' };

const notServing = ({ status }: HealthResponse): CallFailure => ({
  status: 'UNAVAILABLE',
  detail: `health answers ${status}`,
});

/** The state of a replica with nothing under way. */
export interface Settled {
  readonly balance: number;
  readonly version: number;
}
