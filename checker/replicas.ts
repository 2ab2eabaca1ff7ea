import type { Stamp } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import { Agreement } from './agreement.ts';
import type { AgreementContext } from './agreement.ts';
import { Fates } from './fates.ts';
import { Hearsay } from './hearsay.ts';
import type { Operation } from './operation.ts';
import { Replica, updateOf } from './replica.ts';
import type { Recorded } from './replica.ts';
import { Slots } from './slots.ts';
import type { Slot } from './slots.ts';

/**
 * Follows the replicas together: every update is applied once on each of them, in one order, and
 * only after its origin has committed it. A version is kept until every replica has it, its origin
 * has decided it and its customer knows, so what is kept is what is under way.
 */
export class Replicas {
  readonly #slots = new Slots();
  readonly #fates: Fates;
  readonly #agreement: Agreement;
  readonly #whole: boolean;
  readonly #hearsay: Hearsay;
  readonly replicas: ReadonlyMap<string, Replica>;
  /** How many replicas are expected to say what they apply. */
  #expected: number;
  #forgot = false;

  /** `whole`: forget nothing, whatever it costs. */
  constructor(context: AgreementContext, whole: boolean) {
    const { roster, report } = context;
    this.#fates = new Fates(report);
    this.#agreement = new Agreement(context, this.#slots, this.#fates);
    this.#whole = whole;
    const places = [...roster.branches.values()];
    this.replicas = new Map(
      places.map((place) => [place.process, new Replica(place, roster.initialBalance, report)]),
    );
    this.#hearsay = new Hearsay(this.replicas);
    this.#expected = places.length;
  }

  /** Something was forgotten that turned out to matter: read again, and forget nothing. */
  get late(): boolean {
    return this.#forgot && this.writers.length > this.#expected;
  }

  /** The replicas that say what they do; branches by somebody else may not. */
  get writers(): Replica[] {
    return [...this.replicas.values()].filter(({ writes }) => writes);
  }

  /** Successes that no replica has applied. */
  get unapplied(): readonly Operation[] {
    return [...this.#agreement.awaited.values()];
  }

  /** Versions about which something is missing, in their order. */
  get unsettled(): readonly Slot[] {
    return this.#slots.open;
  }

  /** A life begins with what its ledger says, or with what the fellows told when that was lost. */
  replay(record: Recorded<'replay' | 'recover'>, line: number): void {
    const replica = this.#replicaOf(record);
    if (replica === undefined) return;
    const { version: from, pending } = replica;
    replica.replay(record, line);
    if (record.kind === 'recover') this.#hearsay.told(replica, { ...record, line });
    for (let version = from + 1; version <= replica.version; version += 1) {
      const slot = this.#slots.at(version) ?? this.#slots.create(version);
      if (slot.tx === undefined && pending?.version === version)
        this.#agreement.fill(slot, { ...pending, process: record.process });
      slot.implied.push(replica.place.id);
      this.#count(slot);
    }
    replica.pending = undefined;
  }

  prepare(record: Recorded<'prepare'>, line: number): void {
    this.#replicaOf(record)?.prepare(record, line);
  }

  decide(record: Recorded<'decide'>, line: number): void {
    const replica = this.#replicaOf(record);
    if (replica === undefined) return;
    const version = replica.pending?.version ?? replica.version + 1;
    const slot = this.#slots.ofTx(record.tx);
    this.#fates.decide({ record, line, version }, slot);
    if (slot === undefined || record.decision === 'aborted') return;
    slot.decided = true;
    this.#retire(slot);
  }

  drop(record: Recorded<'drop'>, line: number): void {
    const replica = this.#replicaOf(record);
    if (replica === undefined) return;
    const version = replica.pending?.version ?? replica.version + 1;
    replica.pending = undefined;
    this.#fates.drop({ record, line, version }, this.#slots.ofTx(record.tx));
  }

  apply(record: Recorded<'apply'>, line: number): void {
    const replica = this.#replicaOf(record);
    if (replica === undefined) return;
    const version = this.#placeOf(replica, record, line);
    if (version === undefined) {
      replica.misstep(record, line);
      return;
    }
    const slot = this.#slots.at(version) ?? this.#slots.create(version);
    if (slot.tx === undefined) this.#agreement.fill(slot, { ...record, version, line });
    else this.#agreement.sameAs(slot, record, line);
    replica.apply(record, line);
    this.#hearsay.reached(replica);
    this.#count(slot);
    if (this.#slots.size > limits.checkedWaiting && !this.#whole) this.#expectLess();
  }

  /** A customer knows what became of its event. */
  answered(operation: Operation, number: number): void {
    const slot = this.#slots.ofEvent(number);
    this.#agreement.answered(operation, number, slot);
    if (slot) this.#retire(slot);
    const { awaited } = this.#agreement;
    if (awaited.size <= limits.checkedWaiting || this.#whole) return;
    awaited.clear();
    this.#forgot = true;
    this.#expected = this.writers.length;
  }

  #replicaOf({ process }: Stamp): Replica | undefined {
    const replica = this.replicas.get(process);
    if (replica) replica.writes = true;
    return replica;
  }

  /** The version that an application counts for; none when it is one too many. */
  #placeOf(replica: Replica, record: Recorded<'apply'>, line: number): number | undefined {
    const step = replica.stepOf(record);
    const next = replica.version + 1;
    if (step === 'next') return next;
    const due = this.#slots.at(next);
    const known = this.#slots.ofTx(record.tx);
    // Its version is wrong, but it is the update whose turn it is.
    const misnumbered = known === due && (known !== undefined || replica.pending?.tx === record.tx);
    const repeated = step === 'repeated' && !misnumbered;
    replica.complain({
      kind: repeated ? 'applied-twice' : 'version-skipped',
      cause: repeated ? 'doubled' : misnumbered ? 'reordered' : 'lost',
      update:
        due?.tx === undefined || repeated ? updateOf(record) : updateOf({ ...due, tx: due.tx }),
      observed: { version: record.version, tx: record.tx },
      expected: { version: next, ...(due?.tx === undefined ? {} : { tx: due.tx }) },
      lines: [...(replica.line > 0 ? [replica.line] : []), line],
    });
    if (repeated) return undefined;
    if (misnumbered) return next;
    this.#excuse(replica, record);
    return record.version;
  }

  /** The versions before the record's were told to be missing; the end does not tell it again. */
  #excuse(replica: Replica, record: Recorded<'apply'>): void {
    for (let version = replica.version + 1; version < record.version; version += 1) {
      const slot = this.#slots.at(version);
      if (slot === undefined) break;
      this.#count(slot);
    }
    replica.goOn(record.version - 1, record.balance - record.delta);
  }

  #count(slot: Slot): void {
    slot.count += 1;
    this.#retire(slot);
  }

  #retire(slot: Slot): void {
    // A life of the origin that began with the update has its commit in the ledger.
    if (slot.tx !== undefined && slot.implied.includes(originOf(slot.tx))) slot.decided = true;
    if (slot.count < this.#expected || !slot.decided || !slot.answered) return;
    this.#slots.retire(slot);
    this.#fates.forgetUntil(slot.version);
  }

  /** Replicas that have not said anything by now are taken to be somebody else's. */
  #expectLess(): void {
    this.#expected = this.writers.length;
    this.#forgot = this.#expected < this.replicas.size;
    const writing = new Set(this.writers.map(({ place }) => place.id));
    for (const slot of this.#slots.open) {
      if (slot.tx !== undefined && !writing.has(originOf(slot.tx))) slot.decided = true;
      this.#retire(slot);
    }
  }
}

/** The id of the branch that proposed the update: `<branch>.<n>`. */
export function originOf(tx: string): number {
  return Number(tx.slice(0, tx.indexOf('.')));
}
