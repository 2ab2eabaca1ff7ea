import type {
  Fence,
  PeerRequest,
  Refusal,
  Request,
  Response,
  Signature,
} from '../../branch/protocol.ts';

/** Who takes part: branches by their id, customers by their number; the supervisor is number 0. */
export interface Party {
  readonly kind: 'branch' | 'customer' | 'supervisor';
  readonly id: number;
}

/** Where an answer goes: the call of one life of a party. */
export interface ReturnPath {
  readonly party: Party;
  /** Of a branch: which of its processes; 0 for others. */
  readonly incarnation: number;
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
      /** A fellow branch's signature; such a request may arrive at any process of the branch. */
      readonly signature?: Signature;
      /** The incarnation at whose address a customer's request arrives, if anywhere. */
      readonly place?: number;
      /** How long its caller waits, from its arrival. */
      readonly patienceMs: number;
    }
  | {
      readonly type: 'answer';
      readonly name: string;
      readonly to: ReturnPath;
      readonly outcome: Outcome;
    };

export type RequestMessage = Extract<Message, { type: 'request' }>;

export const partyName = ({ kind, id }: Party): string => `${kind} ${id}`;

/** The supervisor asks a branch to settle. */
export function settleRequest(branch: number): RequestMessage {
  const party = { kind: 'supervisor', id: 0 } as const;
  const from = { party, incarnation: 0, life: 0, call: branch, about: 'settle' };
  const name = `supervisor > branch ${branch}: settle`;
  const request = { interface: 'settle' } as const;
  return { type: 'request', name, to: branch, from, request, patienceMs: 10_000 };
}

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
    case 'recover':
      return `recover behind ${fencesText(request.fences)}`;
    case 'decide':
      return `decide ${request.tx} ${request.decision}`;
  }
}

/** A process of a branch: "branch 2", and "branch 2#3" for its third incarnation. */
export const processName = ({ branch, incarnation }: Fence): string =>
  incarnation === 1 ? `branch ${branch}` : `branch ${branch}#${incarnation}`;

const fencesText = (fences: readonly Fence[]): string =>
  fences.map(({ branch, incarnation }) => `${branch}#${incarnation}`).join();

/** An answer as it appears in a schedule: its outcome in a word. */
export function outcomeName(outcome: Outcome): string {
  if (outcome.type === 'failure') return outcome.refusal.status;
  const { response } = outcome;
  if (response.interface === 'recover') {
    const { incarnation, fences, state } = response;
    const known = state ? `${state.balance}@${state.version} ${state.pending?.tx ?? ''}` : 'lost';
    return `#${incarnation} knows ${known} behind ${fencesText(fences)}`;
  }
  if ('balance' in response) return `${response.balance}@${response.version}`;
  if ('decision' in response) return response.decision;
  if ('result' in response) return response.result;
  return 'acknowledged';
}
