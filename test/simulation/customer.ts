import type { Request } from '../../branch/protocol.ts';
import type { Asked } from './judge.ts';

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

export const askedBy = (customer: Customer, request: CustomerRequest): Asked => ({
  interface: request.interface,
  money: request.interface === 'query' ? 0 : request.money,
  branch: customer.branch,
  event: request.interface === 'query' ? undefined : request.event,
  floor: customer.floor,
});
