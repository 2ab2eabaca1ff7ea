import { status, type ServiceError } from '@grpc/grpc-js';

/** How gRPC's own outcomes are named here: by name, never by number. */
export type StatusName = Exclude<keyof typeof status, 'OK'>;

/** A call that got no answer: infrastructure trouble or a refused request. */
export interface CallFailure {
  readonly status: StatusName;
  /** A sentence from whoever failed the call: the branch, or gRPC on this side. */
  readonly detail: string;
}

/** What a call came to. Trouble is a value, because a caller must decide what it means. */
export type CallResult<Response> =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly failure: CallFailure };

/** From gRPC to us. */
export function failureOf(error: ServiceError): CallFailure {
  return { status: statusName(error.code), detail: error.details || error.message };
}

/** From us to gRPC. */
export function errorOf(failure: CallFailure): { code: status; details: string } {
  return { code: status[failure.status], details: failure.detail };
}

function statusName(code: status): StatusName {
  const name = status[code] as keyof typeof status | undefined;
  return name === undefined || name === 'OK' ? 'UNKNOWN' : name;
}

/**
 * Statuses that say for certain that the request was refused: the same request will be refused
 * again. After every other status the request may or may not have taken effect.
 */
const definite: ReadonlySet<StatusName> = new Set([
  'INVALID_ARGUMENT',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
  'FAILED_PRECONDITION',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
]);

export const isDefinite = (failure: CallFailure): boolean => definite.has(failure.status);

/**
 * Says what failed, for people: the branch, the call and the reason.
 * @example "branch-2 did not answer Deposit: UNAVAILABLE: connection refused (unix:/tmp/x/2)"
 */
export function describeFailure(branch: string, call: string, failure: CallFailure): string {
  return `${branch} did not answer ${call}: ${failure.status}: ${failure.detail}`;
}
