import type { PeerRequest, Refusal, Request, Response } from '../../branch/protocol.ts';

/** Who takes part: branches by their id, customers by their number; the supervisor is number 0. */
export interface Party {
  readonly kind: 'branch' | 'customer' | 'supervisor';
  readonly id: number;
}

/** Where an answer goes: the call of one life of a party. */
export interface ReturnPath {
  readonly party: Party;
  readonly life: number;
  readonly call: number;
  /** The request in short, for the names of its messages. */
  readonly about: string;
}

export type Outcome =
  | { readonly type: 'response'; readonly response: Response }
  | { readonly type: 'failure'; readonly refusal: Refusal };

/** What is on its way. Messages of one name are interchangeable. */
export type Message =
  | {
      readonly type: 'request';
      readonly name: string;
      readonly to: number;
      readonly from: ReturnPath;
      readonly request: Request;
      /** How long its caller waits, from its arrival. */
      readonly patienceMs: number;
    }
  | {
      readonly type: 'answer';
      readonly name: string;
      readonly to: ReturnPath;
      readonly outcome: Outcome;
    };

export const partyName = ({ kind, id }: Party): string => `${kind} ${id}`;

/** A request as it appears in a schedule. */
export function requestName(request: Request | PeerRequest): string {
  switch (request.interface) {
    case 'query':
    case 'settle':
      return request.interface;
    case 'deposit':
    case 'withdraw': {
      const { event, money } = request;
      const identity = event ? `${event.entry}/${event.position}` : 'outside';
      return `${request.interface} ${money} (${identity})`;
    }
    case 'propagate_deposit':
    case 'propagate_withdraw':
    case 'ask':
      return `${request.interface} ${request.tx}`;
    case 'decide':
      return `decide ${request.tx} ${request.decision}`;
  }
}

/** An answer as it appears in a schedule: its outcome in a word. */
export function outcomeName(outcome: Outcome): string {
  if (outcome.type === 'failure') return outcome.refusal.status;
  const { response } = outcome;
  if ('balance' in response) return `${response.balance}@${response.version}`;
  if ('decision' in response) return response.decision;
  if ('result' in response) return response.result;
  return 'acknowledged';
}
