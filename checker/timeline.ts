import { limits } from '../bank/limits.ts';
import type { Operation } from './operation.ts';

/** How many operations that were passed on are forgotten together. */
const forgetAfter = 4_096;

/** Receives operations in the order of their beginnings, each with its answer. */
export type TakeOperation = (operation: Operation) => void;

/**
 * Puts operations into the order of their beginnings. An operation is complete only when it is
 * answered, so it is held back until none that began before it is still open.
 */
export class Timeline {
  readonly #take: TakeOperation;
  readonly #whole: boolean;
  readonly #open = new Set<Operation>();
  /** Answered operations in the order of their beginnings, from `#head` on. */
  #waiting: Operation[] = [];
  #head = 0;
  #released = Number.NEGATIVE_INFINITY;
  #oldestOpen = Number.POSITIVE_INFINITY;
  #late = false;

  /** `whole`: hold everything back until the end, because the lines are not in the order of time. */
  constructor(take: TakeOperation, whole: boolean) {
    this.#take = take;
    this.#whole = whole;
  }

  /** An operation was answered after it had been given up: only a second reading can place it. */
  get late(): boolean {
    return this.#late;
  }

  /** Somebody asked; the answer follows with `close`. */
  begin(operation: Operation): void {
    this.#open.add(operation);
    if (operation.begin < this.#oldestOpen) this.#oldestOpen = operation.begin;
  }

  /** The operation is complete, or nobody waits for its answer any more. */
  close(operation: Operation): void {
    // One that was given up has been passed on without the answer that comes now.
    if (operation.begin < this.#released || !this.#leave(operation)) this.#late = true;
    else this.#insert(operation);
    if (!this.#whole) this.#release();
  }

  /** It counts for nothing: another operation stands for it. */
  forget(operation: Operation): void {
    this.#leave(operation);
  }

  /** Passes on everything; what is still open will never be answered. */
  finish(): void {
    for (const operation of this.#open) this.#insert(operation);
    this.#open.clear();
    this.#oldestOpen = Number.POSITIVE_INFINITY;
    if (this.#whole) this.#waiting.sort((one, other) => one.begin - other.begin);
    this.#release();
  }

  #leave(operation: Operation): boolean {
    if (!this.#open.delete(operation)) return false;
    if (operation.begin <= this.#oldestOpen) this.#findOldest();
    return true;
  }

  #findOldest(): void {
    this.#oldestOpen = Number.POSITIVE_INFINITY;
    for (const { begin } of this.#open) {
      if (begin < this.#oldestOpen) this.#oldestOpen = begin;
    }
  }

  #insert(operation: Operation): void {
    const waiting = this.#waiting;
    // What is held back as a whole may be in any order: sorting it once, at the end, is cheaper.
    if (this.#whole) {
      waiting.push(operation);
      return;
    }
    let place = waiting.length;
    waiting.push(operation);
    for (; place > this.#head; place -= 1) {
      const before = waiting[place - 1];
      if (before === undefined || before.begin <= operation.begin) break;
      waiting[place] = before;
    }
    waiting[place] = operation;
  }

  #release(): void {
    if (this.#waiting.length - this.#head > limits.checkedWaiting) this.#giveUp();
    for (;;) {
      const next = this.#waiting[this.#head];
      if (next === undefined || next.begin >= this.#oldestOpen) break;
      this.#head += 1;
      this.#released = next.begin;
      this.#take(next);
    }
    if (this.#head < forgetAfter) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }

  /** Its process is gone for good, or its lines are far away: go on as if it stays unanswered. */
  #giveUp(): void {
    for (const operation of this.#open) {
      if (operation.begin > this.#oldestOpen) continue;
      this.#open.delete(operation);
      this.#insert(operation);
    }
    this.#findOldest();
  }
}
