import type { Route } from '../rpc/client.ts';
import type { CallFailure, CallResult } from '../rpc/status.ts';
import type { Settled } from '../rpc/supervise.ts';

/** gRPC takes 30 ms to load: that is done while branches come up, and not before they are started. */
const calls = (): Promise<typeof import('../rpc/supervise.ts')> => import('../rpc/supervise.ts');

/** @returns undefined once the branch serves, else why it does not */
export async function checkHealth(
  route: Route,
  withinMs: number,
): Promise<CallFailure | undefined> {
  return (await calls()).checkHealth(route, withinMs);
}

/** Waits until every decision of the branch is acknowledged by its fellows. */
export async function settle(
  route: Route,
  runId: string,
  withinMs: number,
): Promise<CallResult<Settled>> {
  return (await calls()).settle(route, runId, withinMs);
}
