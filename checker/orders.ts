import { limits } from '../bank/limits.ts';
import { after, couldAnswer } from './account.ts';
import type { Account } from './account.ts';
import { applyFloating, enabling, reachable } from './floating.ts';
import { changed, floats } from './operation.ts';
import type { Operation } from './operation.ts';

/** A way in which everything may have happened so far: the account, and which open operations did. */
interface State {
  readonly account: Account;
  /** Bit of each open operation that has taken effect. */
  readonly done: bigint;
}

interface Open {
  readonly operation: Operation;
  readonly bit: bigint;
}

/** What to do with an operation whose answer fits no order; `possible` are the accounts before it. */
export type RejectOperation = (
  operation: Operation,
  possible: readonly Account[],
  overlapping: readonly Operation[],
) => void;

/** Hears of an operation whose place is behind us, and whether it changed the balance there. */
export type SettleOperation = (operation: Operation, changed: boolean) => void;

/** With more updates of unknown outcome, the balances that they lead to are too many to tell. */
const floatingTold = 10;

/**
 * Finds an order in which one account, one operation at a time, gives every answer as it was
 * given, each operation between its begin and its end. It keeps the states that are possible after
 * every operation that has ended; when one ends, each state must have it or reach it by operations
 * that are open. Operations that do not overlap leave one state and one step. When none is left,
 * the operation that ended last is rejected, and the search goes on as if its answer had been right.
 */
export class Orders {
  readonly #reject: RejectOperation;
  readonly #settled: SettleOperation;
  #open: Open[] = [];
  /** Updates of unknown outcome that have not taken effect in every state. */
  #floating: Open[] = [];
  #states: readonly State[];
  readonly #freeBits: bigint[] = [];
  #nextBit = 1n;
  #stepsLeft: number = limits.checkedSteps;

  constructor(initial: Account, reject: RejectOperation, settled: SettleOperation) {
    this.#states = [{ account: initial, done: 0n }];
    this.#reject = reject;
    this.#settled = settled;
  }

  /** The search was given up: from then on nothing is said about answers. */
  get exhausted(): boolean {
    return this.#stepsLeft < 0;
  }

  /** Takes operations in the order of their beginnings. */
  take(operation: Operation): void {
    this.#endBefore(operation.begin);
    // A query without an answer says nothing and changes nothing.
    if (operation.interface === 'query' && operation.result === 'unknown') return;
    if (!this.exhausted) this.#stepsLeft += limits.checkedStepsPerOperation;
    const open = { operation, bit: this.#freeBits.pop() ?? this.#newBit() };
    if (floats(operation)) this.#floating.push(open);
    else this.#open.push(open);
  }

  /** Every balance in which the account may have ended; none when they are too many. */
  finish(): number[] {
    this.#endBefore(Number.POSITIVE_INFINITY);
    if (this.#floating.length > floatingTold) return [];
    const balances = this.#states.flatMap((state) => {
      const left = this.#floating.filter((open) => !has(state, open));
      return reachable(
        state.account,
        left.map(({ operation }) => operation),
      );
    });
    return [...new Set(balances)];
  }

  #newBit(): bigint {
    const bit = this.#nextBit;
    this.#nextBit <<= 1n;
    return bit;
  }

  #endBefore(time: number): void {
    for (;;) {
      const first = this.#firstToEnd();
      if (first === undefined || first.operation.end >= time) return;
      if (!this.#endAlone(first)) {
        if (!this.exhausted) this.#end(first);
        this.#open = this.#open.filter((open) => open !== first);
        this.#forget(first.bit);
      }
      this.#settled(first.operation, changed(first.operation));
    }
  }

  #firstToEnd(): Open | undefined {
    let first: Open | undefined;
    for (const open of this.#open) {
      if (open.operation.end < (first?.operation.end ?? Number.POSITIVE_INFINITY)) first = open;
    }
    return first;
  }

  /** By far the most frequent case: nothing overlaps, one state is possible, the answer fits it. */
  #endAlone(ending: Open): boolean {
    if (this.#open.length > 1 || this.#states.length > 1) return false;
    const [only] = this.#states;
    if (only === undefined || has(only, ending)) return false;
    if (!couldAnswer(only.account, ending.operation)) return false;
    this.#states = [{ account: after(only.account, ending.operation), done: only.done }];
    this.#open.pop();
    this.#freeBits.push(ending.bit);
    return true;
  }

  #end(ending: Open): void {
    const { operation } = ending;
    const reached = this.#reach(ending);
    if (this.exhausted) return;
    if (reached.length > 0) {
      this.#states = reached;
      this.#forgetFloating();
      return;
    }
    const others = [...this.#open, ...this.#floating].filter((open) => open !== ending);
    const accounts = this.#states.map(({ account }) => account);
    this.#reject(
      operation,
      accounts,
      others.map((open) => open.operation),
    );
    this.#states = this.#states.map((state) => takeEffect(state, ending));
  }

  /** All states in which `ending` has taken effect, by way of any open operations before it. */
  #reach(ending: Open): State[] {
    const reached = new Map<string, State>();
    const seen = new Set<string>();
    const left = [...this.#states];
    for (let state = left.pop(); state !== undefined; state = left.pop()) {
      const now = this.#absorb(state);
      const key = `${now.done} ${now.account.balance} ${now.account.version}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (!this.#spend()) return [];
      if (has(now, ending)) reached.set(key, now);
      else left.push(...this.#steps(now));
    }
    return [...reached.values()];
  }

  /**
   * Operations that change nothing and fit the state take effect at once: no later state could be
   * better for them, and they are in nobody's way.
   */
  #absorb(state: State): State {
    let { done } = state;
    for (const { operation, bit } of this.#open) {
      if ((done & bit) !== 0n || changed(operation)) continue;
      if (couldAnswer(state.account, operation)) done |= bit;
    }
    return { account: state.account, done };
  }

  /** One more operation takes effect, after those of unknown outcome that it needs. */
  #steps(state: State): State[] {
    const floating = this.#floating.filter((open) => !has(state, open));
    const candidates = floating.map(({ operation }) => operation);
    const spend = (): boolean => this.#spend();
    return this.#open.flatMap((open) => {
      if (has(state, open)) return [];
      const sets = enabling(state.account, open.operation, candidates, spend);
      return sets.map((chosen) => {
        const before = floating
          .filter(({ operation }) => chosen.includes(operation))
          .reduce((done, { bit }) => done | bit, state.done);
        return takeEffect({ account: applyFloating(state.account, chosen), done: before }, open);
      });
    });
  }

  /** The bit is free for another operation. */
  #forget(bit: bigint): void {
    this.#states = this.#states.map(({ account, done }) => ({ account, done: done & ~bit }));
    this.#freeBits.push(bit);
  }

  /** What has taken effect in every state is no longer in question. */
  #forgetFloating(): void {
    for (const open of this.#floating) {
      if (!this.#states.every((state) => has(state, open))) continue;
      this.#floating = this.#floating.filter((other) => other !== open);
      this.#forget(open.bit);
      this.#settled(open.operation, true);
    }
  }

  #spend(): boolean {
    this.#stepsLeft -= 1;
    return !this.exhausted;
  }
}

function has({ done }: State, { bit }: Open): boolean {
  return (done & bit) !== 0n;
}

function takeEffect(state: State, { operation, bit }: Open): State {
  return { account: after(state.account, operation), done: state.done | bit };
}
