import type { ReplicaRecord, Stamp } from '../bank/history.ts';
import type { EventIdentity } from '../bank/scenario.ts';
import type { Report } from './account-check.ts';
import type { BranchPlace } from './roster.ts';
import type { Cause, Facts, UpdateFacts, ViolationKind } from './verdict.ts';

export type Recorded<Kind extends ReplicaRecord['kind']> = Stamp &
  Extract<ReplicaRecord, { kind: Kind }>;

/** An update that a replica has voted for. */
export interface Pending {
  readonly tx: string;
  readonly version: number;
  readonly delta: number;
  readonly event?: EventIdentity | undefined;
  readonly line: number;
}

/** Where an application stands in its replica's own sequence. */
export type Step = 'next' | 'skipped' | 'repeated';

/**
 * One replica by its own records: each application follows the one before, the balance is the sum,
 * and a restart returns to the state before it. After a wrong balance the replica is followed both as
 * it should be and as it says it is, so that one wrong record is told once.
 */
export class Replica {
  readonly place: BranchPlace;
  readonly #report: Report;
  /** What should be. */
  version = 0;
  balance: number;
  /** What its last record says. */
  #toldBalance: number;
  /** The line that says so; 0 before the first. */
  line = 0;
  /** It writes records at all: a branch by somebody else may not. */
  writes = false;
  pending: Pending | undefined;

  constructor(place: BranchPlace, balance: number, report: Report) {
    this.place = place;
    this.balance = balance;
    this.#toldBalance = balance;
    this.#report = report;
  }

  /**
   * A life begins in a state. That may be ahead of the records by what the ledger has and the
   * history lost with the process; the versions that are so implied are for others to confirm.
   */
  replay(record: Recorded<'replay' | 'recover'>, line: number): void {
    const before = { version: this.version, balance: this.balance };
    const first = this.line === 0;
    const behind = record.version < this.version;
    const differs = record.version === this.version && record.balance !== this.balance;
    if (behind || differs || (first && record.life === 0 && record.version !== 0)) {
      this.complain({
        kind: first ? 'wrong-start' : 'replay-differs',
        cause: behind ? 'lost' : 'unexplained',
        observed: { version: record.version, balance: record.balance },
        expected: before,
        lines: first ? [line] : [this.line, line],
      });
      this.#toldBalance = record.balance;
    } else {
      this.#adopt(record.version, record.balance);
    }
    this.line = line;
  }

  prepare(record: Recorded<'prepare'>, line: number): void {
    const { tx, version, delta, event } = record;
    this.pending = { tx, version, delta, event, line };
  }

  /** Follows an application whose place in the sequence is known. */
  apply(record: Recorded<'apply'>, line: number): void {
    this.#checkBalance(record, line);
    this.version += 1;
    this.balance = this.balance + record.delta;
    this.#toldBalance = record.balance;
    this.line = line;
    this.pending = undefined;
  }

  stepOf({ version }: Recorded<'apply'>): Step {
    if (version === this.version + 1) return 'next';
    return version > this.version ? 'skipped' : 'repeated';
  }

  /** An application that cannot be in its place: the replica may go on from what it says. */
  misstep(record: Recorded<'apply'>, line: number): void {
    this.#toldBalance = record.balance;
    this.line = line;
  }

  /** The versions in between are missing for good. */
  goOn(version: number, balance: number): void {
    this.#adopt(version, balance);
  }

  complain(complaint: {
    readonly kind: ViolationKind;
    readonly cause: Cause;
    readonly update?: UpdateFacts;
    readonly observed: Facts;
    readonly expected: Facts;
    readonly lines: readonly number[];
  }): void {
    this.#report({ process: this.place.process, ...complaint });
  }

  #adopt(version: number, balance: number): void {
    this.version = version;
    this.balance = balance;
    this.#toldBalance = balance;
  }

  #checkBalance(record: Recorded<'apply'>, line: number): void {
    const should = this.balance + record.delta;
    const lines = this.line > 0 ? [this.line, line] : [line];
    const update = updateOf(record);
    if (record.balance !== should) {
      // It went on from a wrong balance that has been told: from there its sum is right.
      if (record.balance === this.#toldBalance + record.delta) this.balance = this.#toldBalance;
      else
        this.complain({
          kind: 'wrong-sum',
          cause: causeOfSum(record, should),
          update,
          observed: { balance: record.balance },
          expected: { balance: should },
          lines,
        });
    }
    if (record.balance < 0 || should < 0)
      this.complain({
        kind: 'negative-balance',
        cause: 'unexplained',
        update,
        observed: { balance: Math.min(record.balance, should) },
        expected: { text: 'a balance of at least 0' },
        lines,
      });
  }
}

export function updateOf(record: Omit<Pending, 'line'>): UpdateFacts {
  const { tx, event, version, delta } = record;
  return { tx, ...(event ? { event } : {}), version, delta };
}

function causeOfSum({ balance, delta }: Recorded<'apply'>, should: number): Cause {
  if (balance === should + delta) return 'doubled';
  return balance === should - delta ? 'lost' : 'unexplained';
}
