import { limits } from '../bank/limits.ts';
import { couldAnswer } from './account.ts';
import type { Account } from './account.ts';
import { deltaOf } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Cause } from './verdict.ts';

/** Why an answer may be wrong, and the update that would account for it. */
export interface Explanation {
  readonly cause: Cause;
  readonly update?: Operation;
}

/** Remembers the latest updates, to explain a wrong balance by one of them. */
export class RecentUpdates {
  #done: Operation[] = [];
  #failed: Operation[] = [];

  /** Takes operations in the order in which they ended. */
  take(operation: Operation, changed: boolean): void {
    if (operation.interface === 'query') return;
    if (changed) this.#done.push(operation);
    else this.#failed.push(operation);
    if (this.#done.length > 2 * limits.checkedRecent)
      this.#done = this.#done.slice(-limits.checkedRecent);
    if (this.#failed.length > 2 * limits.checkedRecent)
      this.#failed = this.#failed.slice(-limits.checkedRecent);
  }

  /**
   * Explains why `observed` stands where the account says otherwise. `overlapping` are updates that
   * were in flight. The latest update that fits is the likeliest, whatever the cause.
   */
  explainBalance(
    observed: number,
    account: Account,
    overlapping: readonly Operation[],
  ): Explanation {
    const stale = this.#missingFrom(observed, account.balance);
    if (stale) return { cause: 'stale', update: stale };
    const difference = observed - account.balance;
    const inFlight = overlapping.filter((update) => update.interface !== 'query');
    const explanations = [
      ...this.#done.map((update) => explainByDone(update, difference)),
      ...this.#failed.map((update) => explainByPhantom(update, difference)),
      ...inFlight.map((update) => explainByFlight(update, difference)),
    ].filter((explanation) => explanation !== undefined);
    const latest = explanations.toSorted((one, other) => other.update.begin - one.update.begin)[0];
    return latest ?? { cause: 'unexplained' };
  }

  /** Explains a version that is not the account's. */
  explainVersion(observed: number, account: Account): Explanation {
    const behind = account.version - observed;
    if (behind < 0) return { cause: 'phantom' };
    const update = this.#done.at(-Math.max(1, behind));
    return { cause: behind > 0 ? 'stale' : 'doubled', ...(update ? { update } : {}) };
  }

  /** Explains an update that the rules should have decided the other way: by one that was missed. */
  explainRule(operation: Operation, account: Account): Explanation {
    let { balance } = account;
    for (const update of this.#done.toReversed()) {
      balance -= deltaOf(update);
      if (couldAnswer({ balance, version: 0 }, { ...operation, version: undefined }))
        return { cause: 'stale', update };
    }
    return { cause: 'unexplained' };
  }

  /** The first of the latest updates without which the balance would be `observed`. */
  #missingFrom(observed: number, balance: number): Operation | undefined {
    let before = balance;
    for (const update of this.#done.toReversed()) {
      before -= deltaOf(update);
      if (before === observed) return update;
    }
    return undefined;
  }
}

function explainByDone(
  update: Operation,
  difference: number,
): { readonly cause: Cause; readonly update: Operation } | undefined {
  if (deltaOf(update) === difference) return { cause: 'doubled', update };
  if (deltaOf(update) === -difference) return { cause: 'lost', update };
  return undefined;
}

/** One in flight, or of unknown outcome: it counts too early, or no longer. */
function explainByFlight(
  update: Operation,
  difference: number,
): { readonly cause: Cause; readonly update: Operation } | undefined {
  if (deltaOf(update) === -difference) return { cause: 'stale', update };
  return explainByPhantom(update, difference);
}

function explainByPhantom(
  update: Operation,
  difference: number,
): { readonly cause: Cause; readonly update: Operation } | undefined {
  return deltaOf(update) === difference ? { cause: 'phantom', update } : undefined;
}
