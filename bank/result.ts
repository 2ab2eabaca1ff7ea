import type { FailReason } from './answer.ts';
import type { Interface } from './scenario.ts';

/**
 * `visits/<entry>.result.jsonl`: what one customer received. The customer appends a line for each
 * answer and a last line when all events are answered; a file without that line is not complete.
 */
export type ResultLine = EventResult | { readonly complete: number };

export interface EventResult {
  /** Position of the event in the order in which the entry's events run, from 1. */
  readonly position: number;
  /** The event's id in the input file. */
  readonly id: number;
  readonly interface: Interface;
  /** `balance` is the result of a query that was answered; `unknown` of an event that was not. */
  readonly result: 'success' | 'fail' | 'unknown' | 'balance';
  readonly balance?: number;
  /** The version of the replica at the answer. */
  readonly version?: number;
  readonly reason?: FailReason;
  /** A sentence for people on `fail` and `unknown`. */
  readonly detail?: string;
}
