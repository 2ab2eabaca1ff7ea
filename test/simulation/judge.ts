import type { Prepared } from '../../branch/book.ts';
import type { LedgerRecord, Refusal, Response } from '../../branch/protocol.ts';
import type { EventIdentity, UpdateInterface } from '../../bank/scenario.ts';

/** What must never happen did. */
export class Violation extends Error {}

type UpdateResponse = Extract<Response, { interface: UpdateInterface }>;

/** What a customer asked, as the judge needs to know it. */
export interface Asked {
  readonly interface: 'query' | UpdateInterface;
  readonly money: number;
  readonly branch: number;
  readonly event: EventIdentity | undefined;
  /** The version that somebody had been told of before this was asked. */
  readonly floor: number;
}

/**
 * Watches the ledgers and the answers, and knows nothing of the protocol: only what a bank owes its
 * customers.
 */
export class Judge {
  readonly initial: number;
  /** Every committed update in order, as the first ledger to hold it says. */
  readonly history: Prepared[];
  /** The answer to each event of the run, as the first customer's attempt got it. */
  readonly answers: Map<string, string>;
  /** Versions whose success was told to a client outside the run. */
  readonly claimed: Set<number>;
  readonly failed: Set<string>;
  /** The latest version that somebody was told of. */
  floor: number;
  recoveries: number;

  constructor(initial: number, other?: Judge) {
    this.initial = initial;
    this.history = [...(other?.history ?? [])];
    this.answers = new Map(other?.answers);
    this.claimed = new Set(other?.claimed);
    this.failed = new Set(other?.failed);
    this.floor = other?.floor ?? 0;
    this.recoveries = other?.recoveries ?? 0;
  }

  balanceAt(version: number): number {
    return this.history.slice(0, version).reduce((sum, { delta }) => sum + delta, this.initial);
  }

  /** A ledger got a commit line for the update of its last prepare line. */
  committed(
    branch: number,
    update: Prepared,
    line: Extract<LedgerRecord, { kind: 'commit' }>,
  ): void {
    const { version } = update;
    const known = this.history[version - 1];
    const where = `in the ledger of branch ${branch}`;
    if (known === undefined) this.#first(branch, update);
    else if (known.tx !== update.tx || known.delta !== update.delta)
      throw new Violation(`version ${version} is ${update.tx} ${where}, but ${known.tx} elsewhere`);
    const balance = this.balanceAt(version);
    if (balance < 0) throw new Violation(`the balance is ${balance} at version ${version}`);
    if (line.balance !== balance || line.version !== version)
      throw new Violation(`${update.tx} leaves ${line.balance} ${where} instead of ${balance}`);
  }

  #first(branch: number, update: Prepared): void {
    const { tx, version, origin, event } = update;
    if (version !== this.history.length + 1)
      throw new Violation(`${tx} is version ${version} after ${this.history.length}`);
    if (branch !== origin)
      throw new Violation(`branch ${branch} applied ${tx} before its origin decided`);
    if (this.history.some((other) => other.tx === tx))
      throw new Violation(`two updates have the name ${tx}`);
    const key = keyOf(event);
    if (key !== undefined && this.history.some((other) => keyOf(other.event) === key))
      throw new Violation(`event ${key} is applied twice`);
    if (key !== undefined && this.failed.has(key))
      throw new Violation(`event ${key} is applied although it was answered fail`);
    this.history.push(update);
  }

  /** A ledger that was lost was recovered: whatever was committed must be in it. */
  recovered(branch: number, { version }: Extract<LedgerRecord, { kind: 'recover' }>): void {
    if (version !== this.history.length)
      throw new Violation(
        `branch ${branch} recovers version ${version} of ${this.history.length} that were committed`,
      );
    this.recoveries += 1;
  }

  /** A customer got an answer. */
  answered(asked: Asked, response: Response): void {
    if (response.interface === 'query') this.#query(asked, response);
    else if (response.interface === 'deposit' || response.interface === 'withdraw')
      this.#update(asked, response);
    else throw new Violation(`a customer got an answer to ${response.interface}`);
  }

  #query(asked: Asked, { balance, version }: { balance: number; version: number }): void {
    if (version < asked.floor)
      throw new Violation(`a query got version ${version} after version ${asked.floor} was known`);
    if (version > this.history.length)
      throw new Violation(`a query got version ${version} of ${this.history.length}`);
    if (balance !== this.balanceAt(version))
      throw new Violation(`a query got ${balance}@${version}, not ${this.balanceAt(version)}`);
    this.floor = Math.max(this.floor, version);
  }

  #update(asked: Asked, response: UpdateResponse): void {
    const key = keyOf(asked.event);
    const before = key === undefined ? undefined : this.answers.get(key);
    const now = JSON.stringify(response);
    if (before !== undefined && before !== now)
      throw new Violation(`event ${key} was answered ${before} and later ${now}`);
    if (key !== undefined) this.answers.set(key, now);
    if (response.result === 'success') this.#success(asked, response.version);
    else this.#fail(asked, response.reason);
  }

  #success(asked: Asked, version: number): void {
    const update = this.history[version - 1];
    const delta = asked.interface === 'deposit' ? asked.money : -asked.money;
    const key = keyOf(asked.event);
    if (update?.delta !== delta || update.origin !== asked.branch || keyOf(update.event) !== key)
      throw new Violation(`success at version ${version} for event ${key} is another update`);
    if (key === undefined && this.claimed.has(version))
      throw new Violation(`version ${version} was told to two clients`);
    if (key === undefined) this.claimed.add(version);
    this.floor = Math.max(this.floor, version);
  }

  #fail(asked: Asked, reason: string): void {
    const key = keyOf(asked.event);
    if (key !== undefined && this.history.some(({ event }) => keyOf(event) === key))
      throw new Violation(`event ${key} was answered fail although it is applied`);
    if (key !== undefined) this.failed.add(key);
    if (reason !== 'overdraft') return;
    for (let version = asked.floor; version <= this.history.length; version += 1)
      if (this.balanceAt(version) < asked.money) return;
    throw new Violation(`a withdrawal of ${asked.money} was an overdraft of no balance`);
  }

  /** A customer's request was refused; it may try again. */
  refused(asked: Asked, { status, message }: Refusal): void {
    if (status !== 'UNAVAILABLE' && status !== 'DEADLINE_EXCEEDED')
      throw new Violation(`a customer's ${asked.interface} got ${status}: ${message}`);
  }
}

export const keyOf = (event: EventIdentity | undefined): string | undefined =>
  event && `${event.entry}/${event.position}`;
