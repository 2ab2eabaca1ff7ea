import { allows, couldAnswer } from './account.ts';
import type { Account } from './account.ts';
import { RecentUpdates } from './cause.ts';
import type { Explanation } from './cause.ts';
import { answerFacts, linesOf, operationFacts, updateFacts } from './operation.ts';
import type { Operation } from './operation.ts';
import { Orders } from './orders.ts';
import { Timeline } from './timeline.ts';
import type { Facts, Finding, ViolationKind } from './verdict.ts';

/** Takes a broken promise; one that only follows from another that was told is merely counted. */
export type Report = (finding: Finding, follows?: boolean) => void;

/**
 * Checks that the answers are those of one account that serves one operation at a time, and names
 * the operation and the likely cause when they are not.
 */
export class AccountCheck {
  readonly #report: Report;
  readonly #recent = new RecentUpdates();
  readonly #orders: Orders;
  readonly #origin: number;
  /** By how much the latest wrong balance was wrong. */
  #difference = 0;
  readonly timeline: Timeline;

  /** `origin` is the time that violations count from; `whole` as in `Timeline`. */
  constructor(initialBalance: number, origin: number, whole: boolean, report: Report) {
    this.#report = report;
    this.#origin = origin;
    this.#orders = new Orders(
      { balance: initialBalance, version: 0 },
      (operation, possible, overlapping) => this.#reject(operation, possible, overlapping),
      (operation, changed) => this.#recent.take(operation, changed),
    );
    this.timeline = new Timeline((operation) => this.#orders.take(operation), whole);
  }

  get exhausted(): boolean {
    return this.#orders.exhausted;
  }

  /** Every balance in which the account may have ended; none when there are too many to tell. */
  finish(): number[] {
    this.timeline.finish();
    const balances = this.#orders.finish();
    return this.exhausted ? [] : balances;
  }

  /** What would explain that the account was told to have this balance after everything. */
  explainFinal(observed: number, expected: number): Explanation {
    return this.#recent.explainBalance(observed, { balance: expected, version: 0 }, []);
  }

  #reject(
    operation: Operation,
    possible: readonly Account[],
    overlapping: readonly Operation[],
  ): void {
    const account = possible[0];
    if (account === undefined) return;
    const kind = kindOf(operation, possible);
    const { cause, update } = this.#explain(kind, operation, account, overlapping);
    const lines = [...(update ? linesOf(update) : []), ...linesOf(operation)];
    const finding: Finding = {
      kind,
      cause,
      process: operation.process,
      operation: operationFacts(operation, this.#origin),
      ...(update ? { update: updateFacts(update) } : {}),
      observed: answerFacts(operation),
      expected: expectedFacts(kind, operation, possible),
      lines: lines.toSorted((one, other) => one - other),
    };
    this.#report(finding, this.#follows(operation, account));
  }

  /** Whether the balance is off by the same amount as the last that was wrong. */
  #follows({ interface: name, balance = 0 }: Operation, account: Account): boolean {
    if (name !== 'query') return false;
    const difference = balance - account.balance;
    const same = difference !== 0 && difference === this.#difference;
    this.#difference = difference;
    return same;
  }

  #explain(
    kind: ViolationKind,
    operation: Operation,
    account: Account,
    overlapping: readonly Operation[],
  ): Explanation {
    if (kind === 'wrong-version')
      return this.#recent.explainVersion(versionBefore(operation), account);
    if (operation.interface === 'query')
      return this.#recent.explainBalance(operation.balance ?? 0, account, overlapping);
    return this.#recent.explainRule(operation, account);
  }
}

function kindOf(operation: Operation, possible: readonly Account[]): ViolationKind {
  if ((operation.balance ?? 0) < 0) return 'negative-balance';
  const unversioned = { ...operation, version: undefined };
  if (possible.some((account) => couldAnswer(account, unversioned))) return 'wrong-version';
  if (operation.interface === 'query') return 'wrong-balance';
  if (operation.result === 'fail') return 'wrong-refusal';
  return operation.interface === 'withdraw' ? 'overdrawn' : 'limit-passed';
}

/** The version of the account that the operation met, by its answer. */
function versionBefore({ interface: name, version = 0 }: Operation): number {
  return name === 'query' ? version : version - 1;
}

function expectedFacts(
  kind: ViolationKind,
  operation: Operation,
  possible: readonly Account[],
): Facts {
  const versions = new Set(possible.map(({ version }) => version));
  const [version] = versions.size === 1 ? versions : [];
  const own = operation.version !== undefined && version !== undefined;
  if (operation.interface === 'query') {
    const balances = [...new Set(possible.map(({ balance }) => balance))];
    return { ...balanceFacts(balances), ...(own ? { version } : {}) };
  }
  if (kind === 'wrong-version') return version === undefined ? {} : { version: version + 1 };
  const account = possible[0];
  const allowed = account !== undefined && allows(account, operation);
  return {
    result: allowed ? 'success' : 'fail',
    ...balanceFacts([...new Set(possible.map(({ balance }) => balance))]),
  };
}

function balanceFacts(balances: readonly number[]): Facts {
  const [balance] = balances;
  if (balances.length === 1 && balance !== undefined) return { balance };
  return { balances };
}
