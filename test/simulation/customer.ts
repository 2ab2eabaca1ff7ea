import type { Request } from '../../branch/protocol.ts';
import type { Judge } from './judge.ts';
import { type Outcome, type RequestMessage, requestName } from './message.ts';

export type CustomerRequest = Extract<Request, { interface: 'query' | 'deposit' | 'withdraw' }>;

/** A customer asks one event after the other, each until it is answered or given up. */
export interface Customer {
  readonly id: number;
  readonly branch: number;
  readonly script: readonly CustomerRequest[];
  readonly patienceMs: number;
  /** The open event's place in the script. */
  at: number;
  /** The latest attempt; answers to earlier ones are not heard any more. */
  call: number;
  attempts: number;
  /** The latest attempt has not ended. */
  waits: boolean;
  /** The latest version that anybody knew when the open event was first asked. */
  floor: number;
}

export const newCustomer = (
  id: number,
  { branch, script, patienceMs = 10_000 }: CustomerPlan,
): Customer => ({
  id,
  branch,
  script,
  patienceMs,
  at: 0,
  call: 0,
  attempts: 0,
  waits: false,
  floor: 0,
});

export interface CustomerPlan {
  readonly branch: number;
  readonly script: readonly CustomerRequest[];
  readonly patienceMs?: number;
}

export const openRequest = ({ script, at }: Customer): CustomerRequest | undefined => script[at];

/** A request without an identity is asked once: asked again, it would be a second update. */
export function mayAsk(customer: Customer): boolean {
  const request = openRequest(customer);
  if (request === undefined) return false;
  return customer.attempts === 0 || request.interface === 'query' || request.event !== undefined;
}

/** The open event is answered or given up. */
export function nextEvent(customer: Customer): void {
  customer.at += 1;
  customer.attempts = 0;
  customer.call += 1;
  customer.waits = false;
}

/** The customer's next attempt at its open event. */
export function ask(customer: Customer, judge: Judge): RequestMessage | undefined {
  const request = openRequest(customer);
  if (request === undefined || !mayAsk(customer)) return undefined;
  const { id, branch, patienceMs } = customer;
  if (customer.attempts === 0) customer.floor = judge.floor;
  customer.waits = true;
  customer.attempts += 1;
  customer.call += 1;
  const about = requestName(request);
  const party = { kind: 'customer', id } as const;
  const from = { party, incarnation: 0, life: 0, call: customer.call, about };
  const name = `customer ${id} > branch ${branch}: ${about}`;
  return { type: 'request', name, to: branch, from, request, patienceMs };
}

/** What came of the latest attempt. */
export function hear(customer: Customer, judge: Judge, outcome: Outcome): void {
  const request = openRequest(customer);
  if (request === undefined) return;
  const { branch, floor } = customer;
  const { interface: name } = request;
  const asked =
    name === 'query'
      ? { interface: name, money: 0, branch, event: undefined, floor }
      : { interface: name, money: request.money, branch, event: request.event, floor };
  if (outcome.type === 'response') {
    judge.answered(asked, outcome.response);
    nextEvent(customer);
  } else {
    judge.refused(asked, outcome.refusal);
    customer.waits = false;
  }
}
