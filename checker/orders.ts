import { limits } from '../bank/limits.ts';
import { after, couldAnswer } from './account.ts';
import type { Account } from './account.ts';
import { applyFloating, enabling } from './floating.ts';
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

/**
 * Finds an order in which one account, one operation at a time, gives every answer as it was
 * given, each operation between its begin and its end. It keeps the states that are possible after
 * every operation that has ended; when one ends, each state must have it or reach it by operations
 * that are open. Operations that do not overlap leave one state and one step. When none is left,
 * the operation that ended last is rejected, and the search goes on as if its answer had been right.
 */
export class Orders {
  readonly #reject: RejectOperation;
  readonly #settled: (operation: Operation) => void;
  #open: Open[] = [];
  #states: State[];
  #freeBits: bigint[] = [];
  #nextBit = 1n;
  #left: number = limits.checkedOrders;

  /** `settled` hears of each operation when its place in the order is behind us. */
  constructor(initial: Account, reject: RejectOperation, settled: (operation: Operation) => void) {
    this.#states = [{ account: initial, done: 0n }];
    this.#reject = reject;
    this.#settled = settled;
  }

  /** The search was given up: from then on nothing is said about answers. */
  get exhausted(): boolean {
    return this.#left < 0;
  }

  /** Takes operations in the order of their beginnings. */
  take(operation: Operation): void {
    this.#endBefore(operation.begin);
    // A query without an answer says nothing and changes nothing.
    if (operation.interface === 'query' && operation.result === 'unknown') return;
    if (!this.exhausted) this.#left += limits.checkedOrdersPerOperation;
    const bit = this.#freeBits.pop() ?? this.#newBit();
    this.#open.push({ operation, bit });
  }

  /** Every balance in which the account may have ended. */
  finish(): number[] {
    this.#endBefore(Number.POSITIVE_INFINITY);
    const unknown = this.#open.map(({ operation }) => operation);
    const balances = this.#states.flatMap(({ account, done }) => {
      const left = this.#open
        .filter(({ bit }) => (done & bit) === 0n)
        .map((open) => open.operation);
      return [account.balance, ...(left.length <= 10 ? reachable(account, left) : [])];
    });
    return unknown.length > 10 ? [] : [...new Set(balances)];
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
      if (!this.exhausted) this.#end(first);
      this.#open = this.#open.filter((open) => open !== first);
      this.#states = this.#states.map(({ account, done }) => ({
        account,
        done: done & ~first.bit,
      }));
      this.#freeBits.push(first.bit);
      this.#settled(first.operation);
    }
  }

  #firstToEnd(): Open | undefined {
    let first: Open | undefined;
    for (const open of this.#open) {
      if (open.operation.end < (first?.operation.end ?? Number.POSITIVE_INFINITY)) first = open;
    }
    return first;
  }

  #end(ending: Open): void {
    const only = this.#states.length === 1 ? this.#states[0] : undefined;
    const alone = this.#open.length === 1 && only?.done === 0n;
    if (only && alone && couldAnswer(only.account, ending.operation)) {
      this.#states = [{ account: after(only.account, ending.operation), done: ending.bit }];
      return;
    }
    const reached = this.#reach(ending);
    if (reached.length > 0 || this.exhausted) {
      this.#states = reached.length > 0 ? reached : this.#states;
      return;
    }
    const overlapping = this.#open.filter((open) => open !== ending).map((open) => open.operation);
    this.#reject(
      ending.operation,
      this.#states.map(({ account }) => account),
      overlapping,
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
      if ((now.done & ending.bit) !== 0n) reached.set(key, now);
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
      if ((done & bit) !== 0n || changed(operation) || floats(operation)) continue;
      if (couldAnswer(state.account, operation)) done |= bit;
    }
    return { account: state.account, done };
  }

  /** One more operation takes effect, after those of unknown outcome that it needs. */
  #steps(state: State): State[] {
    const left = this.#open.filter(({ bit }) => (state.done & bit) === 0n);
    const floating = left.filter(({ operation }) => floats(operation));
    const candidates = floating.map(({ operation }) => operation);
    return left.flatMap((open) => {
      if (floats(open.operation)) return [];
      const sets = enabling(state.account, open.operation, candidates, () => this.#spend());
      return sets.map((chosen) => {
        const before = floating
          .filter(({ operation }) => chosen.includes(operation))
          .reduce((done, { bit }) => done | bit, state.done);
        return takeEffect({ account: applyFloating(state.account, chosen), done: before }, open);
      });
    });
  }

  #spend(): boolean {
    this.#left -= 1;
    return !this.exhausted;
  }
}

function takeEffect(state: State, { operation, bit }: Open): State {
  return { account: after(state.account, operation), done: state.done | bit };
}

/** The balances that updates of unknown outcome may lead to. */
function reachable(account: Account, left: readonly Operation[]): number[] {
  return left
    .reduce<Account[]>(
      (states, update) => [...states, ...states.map((state) => applyFloating(state, [update]))],
      [account],
    )
    .map(({ balance }) => balance)
    .filter((balance) => balance >= 0);
}
