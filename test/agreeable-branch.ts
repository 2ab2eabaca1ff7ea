import assert from 'node:assert/strict';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { serve, type BranchHandlers, type BranchServer, type Doorway } from '../rpc/server.ts';
import type { Route } from '../rpc/client.ts';
import type { CallResult } from '../rpc/status.ts';
import { SupervisorStub } from '../rpc/supervise.ts';
import { scratchFolder } from './scratch.ts';

export const answer = <Response>(response: Response): Promise<CallResult<Response>> =>
  Promise.resolve({ ok: true, response });

export const balance = { balance: 0, version: 7, clock: 1 };
export const success = { result: 'SUCCESS', reason: '', detail: '', version: 8, clock: 1 } as const;
const acknowledged = { result: 'SUCCESS', reason: '', clock: 1 } as const;

/** A branch that agrees to everything and does nothing. */
export const agreeable: BranchHandlers = {
  Query: () => answer(balance),
  Deposit: () => answer(success),
  Withdraw: () => answer(success),
  Propagate_Deposit: () => answer(acknowledged),
  Propagate_Withdraw: () => answer(acknowledged),
  Decide: () => answer({ clock: 1 }),
  Ask: () => answer({ decision: 'COMMITTED', clock: 1 }),
  Recover: () => answer({ incarnation: 1, fences: [], clock: 1 }),
  Connect: () => answer({}),
  Settle: () => answer(balance),
};

/** Serves an agreeable branch, but for the given calls, until the test ends. */
export async function startAgreeable(
  t: TestContext,
  doorway: Doorway,
  handlers: Partial<BranchHandlers> = {},
): Promise<BranchServer> {
  const served = await serve(doorway, { ...agreeable, ...handlers });
  assert.ok(served.ok, served.ok ? '' : served.detail);
  t.after(() => served.server.stop(0));
  return served.server;
}

/** The supervisor's side of a branch, until the test ends. */
export function supervisorFor(t: TestContext, route: Route): SupervisorStub {
  const stub = new SupervisorStub(route);
  t.after(() => stub.close());
  return stub;
}

export const socketIn = (t: TestContext): string => `unix:${path.join(scratchFolder(t), 'branch')}`;

/** A deadline that no test should reach. */
export const soon = (): number => Date.now() + 10_000;
