import { couldAnswer } from './account.ts';
import type { Account } from './account.ts';
import { deltaOf } from './operation.ts';
import type { Operation } from './operation.ts';

/** The account after updates of unknown outcome took effect; nobody was told, so no answer fits. */
export function applyFloating(account: Account, updates: readonly Operation[]): Account {
  return {
    balance: updates.reduce((sum, update) => sum + deltaOf(update), account.balance),
    version: account.version + updates.length,
  };
}

/**
 * The smallest sets of updates of unknown outcome that must have taken effect before `operation`
 * could be answered as it was; one empty set when it could be without any. A larger set is never
 * needed: what it has beyond a smallest one may as well take effect later. `spend` is told of each
 * set that is tried and says whether to go on.
 */
export function enabling(
  account: Account,
  operation: Operation,
  candidates: readonly Operation[],
  spend: () => boolean,
): Operation[][] {
  if (couldAnswer(account, operation)) return [[]];
  const found: Operation[][] = [];
  const wanted = wantedCount(account, operation);
  const applied = wanted === undefined ? [] : appliedNext(account.version, wanted, candidates);
  if (applied.length === wanted) return fits(account, operation, applied) ? [applied] : [];
  const longest = Math.min(wanted ?? candidates.length, candidates.length);
  for (let size = wanted ?? 1; size <= longest; size += 1) {
    for (const chosen of subsets(candidates, size)) {
      if (!spend()) return found;
      if (found.some((smaller) => smaller.every((update) => chosen.includes(update)))) continue;
      if (fits(account, operation, chosen)) found.push(chosen);
    }
  }
  return found;
}

/** The balances that updates of unknown outcome may lead to, from none of them to all. */
export function reachable(account: Account, left: readonly Operation[]): number[] {
  let states = [account];
  for (const update of left) {
    states = [...states, ...states.map((state) => applyFloating(state, [update]))];
  }
  return states.map(({ balance }) => balance).filter((balance) => balance >= 0);
}

function fits(account: Account, operation: Operation, chosen: readonly Operation[]): boolean {
  const then = applyFloating(account, chosen);
  return then.balance >= 0 && couldAnswer(then, operation);
}

/** Where replicas tell what they applied, there is nothing to search. */
function appliedNext(
  version: number,
  count: number,
  candidates: readonly Operation[],
): Operation[] {
  return candidates.filter(
    ({ appliedAs = 0 }) => appliedAs > version && appliedAs <= version + count,
  );
}

/** With a version in the answer, how many updates are missing before it. */
function wantedCount(account: Account, operation: Operation): number | undefined {
  if (operation.version === undefined) return undefined;
  const before = operation.interface === 'query' ? operation.version : operation.version - 1;
  return Math.max(1, before - account.version);
}

function* subsets(updates: readonly Operation[], size: number): Generator<Operation[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 0; first + size <= updates.length; first += 1) {
    const update = updates[first];
    if (update === undefined) return;
    for (const rest of subsets(updates.slice(first + 1), size - 1)) yield [update, ...rest];
  }
}
