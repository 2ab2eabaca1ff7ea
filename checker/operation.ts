import type { EventIdentity, Interface } from '../bank/scenario.ts';
import type { Facts, OperationFacts, UpdateFacts } from './verdict.ts';

/**
 * What somebody asked of the account and was told. It lies somewhere between `begin` and `end`;
 * one without an answer has the result `unknown` and no end: it may take effect at any later time,
 * or never. The answer is filled in when it comes, hence not `readonly`.
 */
export interface Operation {
  readonly process: string;
  readonly interface: Interface;
  /** 0 for a query. */
  readonly money: number;
  readonly event?: EventIdentity | undefined;
  readonly eventId?: number | undefined;
  /** Line of the request, 0 when the history has none. */
  readonly callLine: number;
  /** By the clock that orders operations. */
  readonly begin: number;
  end: number;
  /** For people: microseconds of the monotonic clock, when they are known. */
  readonly beganUs?: number | undefined;
  endedUs?: number | undefined;
  result: 'success' | 'fail' | 'unknown' | 'balance';
  reason?: string | undefined;
  balance?: number | undefined;
  version?: number | undefined;
  /** Of an update of unknown outcome: the version as which replicas applied it, once they say so. */
  appliedAs?: number | undefined;
  /** Line of the answer, 0 while there is none. */
  answerLine: number;
}

/** What the operation adds to the balance if it takes effect. */
export function deltaOf(operation: Pick<Operation, 'interface' | 'money'>): number {
  if (operation.interface === 'query') return 0;
  return operation.interface === 'deposit' ? operation.money : -operation.money;
}

/** Whether it took effect on the balance, as far as its customer knows. */
export function changed(operation: Operation): boolean {
  return operation.interface !== 'query' && operation.result === 'success';
}

/** An update whose customer does not know what became of it. */
export function floats(operation: Operation): boolean {
  return operation.interface !== 'query' && operation.result === 'unknown';
}

export function linesOf(operation: Operation): number[] {
  return [operation.callLine, operation.answerLine].filter((line) => line > 0);
}

/** The operation as a violation tells it; times count from `origin`, a time of the
 * monotonic clock. */
export function operationFacts(operation: Operation, origin: number): OperationFacts {
  return {
    ...(operation.event === undefined ? {} : { event: operation.event }),
    ...(operation.eventId === undefined ? {} : { eventId: operation.eventId }),
    process: operation.process,
    interface: operation.interface,
    ...(operation.interface === 'query' ? {} : { money: operation.money }),
    ...(operation.beganUs === undefined ? {} : { beganUs: operation.beganUs - origin }),
    ...(operation.endedUs === undefined ? {} : { endedUs: operation.endedUs - origin }),
  };
}

export function updateFacts(operation: Operation): UpdateFacts {
  return {
    ...(operation.event === undefined ? {} : { event: operation.event }),
    ...(operation.version === undefined ? {} : { version: operation.version }),
    delta: deltaOf(operation),
  };
}

export function answerFacts(operation: Operation): Facts {
  return {
    ...(operation.result === 'balance' ? {} : { result: operation.result }),
    ...(operation.reason === undefined ? {} : { reason: operation.reason }),
    ...(operation.balance === undefined ? {} : { balance: operation.balance }),
    ...(operation.version === undefined ? {} : { version: operation.version }),
  };
}
