import type { ReceiveRecord, ReplyRecord, Stamp } from '../bank/history.ts';
import type { Clock } from './clock.ts';
import type { Operation } from './operation.ts';
import type { Timeline } from './timeline.ts';
import { answer, operationOf, resultOf } from './told.ts';

/**
 * Clients outside the run write nothing, but their updates count: what a branch receives from one
 * and replies to it is an operation too, which took effect in between.
 */
export class Outside {
  readonly #clock: Clock;
  readonly #timeline: Timeline;
  readonly #open = new Map<string, Operation>();

  constructor(clock: Clock, timeline: Timeline) {
    this.#clock = clock;
    this.#timeline = timeline;
  }

  received(record: Stamp & ReceiveRecord, line: number): void {
    const { interface: name, message, process } = record;
    if (!record.outside || (name !== 'query' && name !== 'deposit' && name !== 'withdraw')) return;
    const { event: _, ...anonymous } = record;
    const operation = operationOf(
      { ...anonymous, process },
      this.#clock.at(record, line) - this.#clock.error,
      line,
      record.mono,
    );
    this.#open.set(message, operation);
    this.#timeline.begin(operation);
  }

  replied(record: Stamp & ReplyRecord, line: number): void {
    const operation = this.#open.get(record.message);
    if (operation === undefined) return;
    this.#open.delete(record.message);
    if (record.status === undefined) {
      answer(operation, { ...record, result: resultOf(record) }, line);
      operation.end = this.#clock.at(record, line) + this.#clock.error;
      operation.endedUs = record.mono;
    }
    this.#timeline.close(operation);
  }

  /** A branch begins a life: what its last life left open stays without an answer. */
  reborn(process: string): void {
    for (const [message, operation] of this.#open) {
      if (operation.process !== process) continue;
      this.#open.delete(message);
      this.#timeline.close(operation);
    }
  }
}
