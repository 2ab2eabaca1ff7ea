import type { EventIdentity } from '../bank/scenario.ts';
import type { Report } from './account-check.ts';
import type { Fates } from './fates.ts';
import { answerFacts, changed, deltaOf, floats, linesOf, operationFacts } from './operation.ts';
import type { Operation } from './operation.ts';
import { updateOf } from './replica.ts';
import type { Recorded } from './replica.ts';
import type { EventBook, Roster } from './roster.ts';
import type { Slot, Slots } from './slots.ts';
import type { Cause, Facts, ViolationKind } from './verdict.ts';

export interface AgreementContext {
  readonly roster: Roster;
  readonly events: EventBook;
  readonly report: Report;
  /** The time that violations count from. */
  readonly origin: number;
}

/** What leads to a version, by the record that says so in `line`. */
export interface Told {
  readonly process: string;
  readonly tx: string;
  readonly version: number;
  readonly delta: number;
  readonly event?: EventIdentity | undefined;
  readonly line: number;
}

/**
 * What the replicas apply against what customers asked for and were told: an update belongs to one
 * event, counts once, and is there exactly when the customer was told of success.
 */
export class Agreement {
  readonly #context: AgreementContext;
  readonly #slots: Slots;
  readonly #fates: Fates;
  /** Successes whose application has not been seen yet, by the event's number. */
  readonly awaited = new Map<number, Operation>();
  /** Updates of unknown outcome, by the event's number. */
  readonly #floating = new Map<number, Operation>();

  constructor(context: AgreementContext, slots: Slots, fates: Fates) {
    this.#context = context;
    this.#slots = slots;
    this.#fates = fates;
  }

  /** The first record of what leads to a version. */
  fill(slot: Slot, told: Told): void {
    const { tx, delta, event, line, process } = told;
    const earlier = this.#slots.ofTx(tx);
    const number = event && this.#context.events.numberOf(event);
    const other = number === undefined ? undefined : this.#slots.ofEvent(number);
    if (earlier) {
      const { version } = earlier;
      const expected = { tx, version, text: 'applied once' };
      const lines = [earlier.line, line];
      Object.assign(slot, { tx, delta, event, line, answered: true });
      this.#complain('applied-twice', slot, { process, cause: 'doubled', expected, lines });
      return;
    }
    this.#slots.fill(slot, { tx, delta, event, number: other ? undefined : number, line });
    if (this.#fates.committed(tx)) slot.decided = true;
    const aborted = this.#fates.abortedAt(tx);
    const expected = { text: 'not applied' };
    if (aborted !== undefined) {
      const lines = [aborted, line];
      this.#complain('applied-though-aborted', slot, {
        process,
        cause: 'phantom',
        expected,
        lines,
      });
    }
    if (event) this.#checkEvent(slot, { process, number, other });
  }

  /** Another record of what leads to a version. */
  sameAs(slot: Slot, record: Recorded<'apply'>, line: number): void {
    const { event, tx, delta, version, process } = record;
    const sameEvent =
      slot.event?.entry === event?.entry && slot.event?.position === event?.position;
    if (slot.tx === tx && slot.delta === delta && sameEvent) return;
    this.#context.report({
      kind: 'order-differs',
      cause: slot.tx === tx ? 'altered' : 'reordered',
      process,
      update: updateOf(record),
      observed: { version, tx, delta, ...(event ? { event } : {}) },
      expected: {
        version: slot.version,
        ...(slot.tx === undefined ? {} : { tx: slot.tx }),
        delta: slot.delta,
        ...(slot.event ? { event: slot.event } : {}),
      },
      lines: [slot.line, line],
    });
  }

  /** A customer knows what became of its event; `slot` is the version that has it, if any has. */
  answered(operation: Operation, number: number, slot: Slot | undefined): void {
    if (slot) {
      this.#compare(slot, operation);
      slot.answered = true;
    } else if (changed(operation)) this.awaited.set(number, operation);
    else if (floats(operation)) this.#floating.set(number, operation);
  }

  #checkEvent(
    slot: Slot,
    of: {
      readonly process: string;
      readonly number: number | undefined;
      readonly other: Slot | undefined;
    },
  ): void {
    const { process, number, other } = of;
    const { events } = this.#context;
    const result = number === undefined ? undefined : events.resultOf(number);
    const awaited = number === undefined ? undefined : this.awaited.get(number);
    slot.answered ||= result !== undefined;
    const floating = number === undefined ? undefined : this.#floating.get(number);
    if (floating) floating.appliedAs = slot.version;
    if (number === undefined || result === 'balance') {
      const expected = { text: 'an event of the run that is an update' };
      const lines = number === undefined ? [slot.line] : [events.lineOf(number), slot.line];
      this.#complain('applied-unasked', slot, { process, cause: 'phantom', expected, lines });
    } else if (result === 'fail') {
      const expected = { result: 'fail', text: 'not applied' };
      const lines = [events.lineOf(number), slot.line];
      this.#complain('applied-though-failed', slot, { process, cause: 'phantom', expected, lines });
    } else if (other || (result === 'success' && awaited === undefined)) {
      const expected = { text: 'applied once' };
      const lines = [other?.line ?? events.lineOf(number), slot.line];
      this.#complain('applied-twice', slot, { process, cause: 'doubled', expected, lines });
    } else if (awaited) {
      this.awaited.delete(number);
      this.#compare(slot, awaited);
    }
  }

  /** What the customer was told must be what the replicas did. */
  #compare(slot: Slot, operation: Operation): void {
    const { version, delta } = slot;
    if (floats(operation)) {
      operation.appliedAs = version;
      return;
    }
    const should = { delta: deltaOf(operation) };
    const told = { operation, slot, cause: 'altered' as Cause };
    if (operation.result === 'fail')
      this.#differ('applied-though-failed', {
        ...told,
        cause: 'phantom',
        observed: { version, delta },
        expected: { ...answerFacts(operation), text: 'not applied' },
      });
    else if (delta !== should.delta)
      this.#differ('wrong-amount', { ...told, observed: { delta }, expected: should });
    else if (operation.version !== undefined && operation.version !== version)
      this.#differ('wrong-version', {
        ...told,
        observed: answerFacts(operation),
        expected: { version },
      });
  }

  #differ(
    kind: ViolationKind,
    difference: {
      readonly operation: Operation;
      readonly slot: Slot;
      readonly cause: Cause;
      readonly observed: Facts;
      readonly expected: Facts;
    },
  ): void {
    const { operation, slot, ...facts } = difference;
    this.#context.report({
      kind,
      process: operation.process,
      operation: operationFacts(operation, this.#context.origin),
      update: slotFacts(slot),
      lines: [slot.line, ...linesOf(operation)].toSorted((one, other) => one - other),
      ...facts,
    });
  }

  #complain(
    kind: ViolationKind,
    slot: Slot,
    complaint: {
      readonly process: string;
      readonly cause: Cause;
      readonly expected: Facts;
      readonly lines: readonly number[];
    },
  ): void {
    const { tx, event, ...rest } = slotFacts(slot);
    const observed = { ...(tx === undefined ? {} : { tx }), ...(event ? { event } : {}), ...rest };
    const lines = complaint.lines.toSorted((one, other) => one - other);
    this.#context.report({ kind, update: slotFacts(slot), observed, ...complaint, lines });
  }
}

/** A version as a violation tells it. */
export function slotFacts({ tx, event, version, delta }: Slot): ReturnType<typeof updateOf> {
  return tx === undefined ? { version } : updateOf({ tx, event, version, delta });
}
