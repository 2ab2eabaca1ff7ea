import { Client, type ServiceError } from '@grpc/grpc-js';
import { BranchStub, resultOf, type Route } from './client.ts';
import { callMetadata } from './credentials.ts';
import type { HealthCheckResponse__Output as HealthResponse } from './generated/grpc/health/v1/HealthCheckResponse.ts';
import { branchServiceName, healthService } from './service.ts';
import { awaitSocket } from './socket.ts';
import { isDefinite, type CallFailure, type CallResult } from './status.ts';
import { channelCredentials, channelOptions } from './tls.ts';

/** What the supervisor asks of a branch: does it serve, and what is its final state? */

/** A branch that is up but not ready is asked again after this time. */
const askAgainMs = 20;

/** A start takes 60 ms and more, so a branch that does not listen yet is tried this often. */
const impatient = {
  'grpc.initial_reconnect_backoff_ms': 20,
  'grpc.max_reconnect_backoff_ms': 50,
};

/**
 * Waits until the branch's health answers SERVING.
 * @returns undefined when it serves, else why it does not
 */
export async function checkHealth(
  { target, tls }: Route,
  withinMs: number,
): Promise<CallFailure | undefined> {
  const deadline = Date.now() + withinMs;
  await awaitSocket(target, deadline);
  const options = { ...channelOptions(tls), ...impatient };
  const client = new Client(target, channelCredentials(tls), options);
  const failure = await pollHealth(client, deadline);
  client.close();
  return failure;
}

async function pollHealth(client: Client, deadline: number): Promise<CallFailure | undefined> {
  // What a branch that is up has said tells more than that time ran out while asking again.
  let said: CallFailure | undefined;
  for (;;) {
    const result = await check(client, deadline);
    if (result.ok && result.response.status === 'SERVING') return undefined;
    if (result.ok) said = notServing(result.response);
    else if (isDefinite(result.failure)) return result.failure;
    else if (Date.now() + askAgainMs >= deadline) return said ?? result.failure;
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

function check(client: Client, deadline: number): Promise<CallResult<HealthResponse>> {
  const { path, requestSerialize, responseDeserialize } = healthService.Check;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service: branchServiceName },
      callMetadata(undefined),
      { deadline },
      (error: ServiceError | null, response?: HealthResponse) => resolve(resultOf(error, response)),
    );
  });
}

const notServing = ({ status }: HealthResponse): CallFailure => ({
  status: 'UNAVAILABLE',
  detail: `health answers ${status}`,
});

/** The state of a replica with nothing under way. */
export interface Settled {
  readonly balance: number;
  readonly version: number;
}

/** Waits until every decision of the branch is acknowledged by its fellows. */
export async function settle(
  route: Route,
  runId: string,
  withinMs: number,
): Promise<CallResult<Settled>> {
  const stub = new BranchStub(route);
  const envelope = { run_id: runId, sender: 'supervisor', message: '', clock: 0 };
  const result = await stub.call('Settle', { envelope }, Date.now() + withinMs);
  stub.close();
  if (!result.ok) return result;
  const { balance, version } = result.response;
  if (balance !== undefined && version !== undefined)
    return { ok: true, response: { balance, version } };
  return {
    ok: false,
    failure: { status: 'INTERNAL', detail: 'its answer lacks balance or version' },
  };
}
