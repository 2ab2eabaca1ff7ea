import type {
  CallOutcome,
  CallRecord,
  OutcomeRecord,
  ReturnRecord,
  Stamp,
} from '../bank/history.ts';
import type { Report } from './account-check.ts';
import { answerFacts, operationFacts } from './operation.ts';
import type { Operation } from './operation.ts';
import type { EventBook, Roster, VisitPlace } from './roster.ts';
import type { Clock } from './clock.ts';
import type { Timeline } from './timeline.ts';
import { answer, endAt, moneyOf, operationOf, resultOf, returnFacts, sameAnswer } from './told.ts';
import type { Cause, Facts, ViolationKind } from './verdict.ts';

/** An answer that reached its customer. */
interface Heard {
  readonly answer: Stamp & CallOutcome;
  readonly time: number;
  readonly line: number;
}

/** An event that a customer is asking for. */
interface Asking {
  readonly position: number;
  readonly operation: Operation;
  /** The answer that came, if one did: a return without a gRPC status. */
  heard?: Heard;
}

interface VisitState {
  /** When it was last seen before its next event: that event began no earlier. */
  since: number | undefined;
  /** The life that wrote the latest outcome, and the last position that has one. */
  life: number;
  answered: number;
  asking: Asking | undefined;
}

type AnswerKind = Extract<
  ViolationKind,
  'answer-unasked' | 'answered-twice' | 'answered-out-of-turn' | 'answer-changed'
>;

const causes: Readonly<Record<AnswerKind, Cause>> = {
  'answer-unasked': 'phantom',
  'answered-twice': 'doubled',
  'answered-out-of-turn': 'reordered',
  'answer-changed': 'altered',
};

/** Hears of every event whose customer knows what became of it. */
export type TakeAnswer = (operation: Operation, number: number) => void;

export interface AnswersContext {
  readonly roster: Roster;
  readonly events: EventBook;
  readonly timeline: Timeline;
  readonly report: Report;
  readonly clock: Clock;
  readonly origin: number;
  readonly answered: TakeAnswer;
}

/**
 * Follows each customer through its events: turns what it asked and was told into operations, and
 * checks that every event is answered once, in turn, with the answer that the customer received.
 */
export class Answers {
  readonly #context: AnswersContext;
  readonly #states = new Map<number, VisitState>();

  constructor(context: AnswersContext) {
    this.#context = context;
  }

  /** The supervisor saw the process begin: nothing of it is earlier. */
  began(subject: string, time: number): void {
    const visit = this.#context.roster.visits.get(subject);
    if (visit) this.#stateOf(visit).since ??= time;
  }

  called(record: Stamp & CallRecord, line: number): void {
    const visit = this.#context.roster.visits.get(record.process);
    if (visit === undefined || record.event === undefined) return;
    const state = this.#stateOf(visit);
    const again = state.asking?.position === record.event.position ? state.asking : undefined;
    if (again === undefined) this.#leave(state);
    // A query asked again is a new question; an update asked again is the same update.
    if (again && record.interface !== 'query') return;
    if (again) this.#context.timeline.forget(again.operation);
    const { at, error } = this.#context.clock;
    const operation = operationOf(record, at(record, line) - error, line, record.mono);
    state.asking = { position: record.event.position, operation };
    this.#context.timeline.begin(operation);
  }

  returned(record: Stamp & ReturnRecord, line: number): void {
    const visit = this.#context.roster.visits.get(record.process);
    const asking = visit && this.#stateOf(visit).asking;
    if (asking === undefined || record.status !== undefined) return;
    const { at, error } = this.#context.clock;
    asking.heard = { answer: record, time: at(record, line) + error, line };
  }

  outcome(record: Stamp & OutcomeRecord, line: number): void {
    const { events, roster } = this.#context;
    const visit = roster.visitsByEntry.get(record.event.entry);
    const number = events.numberOf(record.event);
    if (visit === undefined || number === undefined) {
      this.#complain('answer-unasked', record, [line], { text: 'no such event in the run' });
      return;
    }
    const state = this.#stateOf(visit);
    const asking = state.asking?.position === record.event.position ? state.asking : undefined;
    const earlier = events.resultOf(number);
    const askedAgain = record.life > state.life && asking !== undefined;
    if (earlier !== undefined && !askedAgain) {
      const lines = [events.lineOf(number), line];
      this.#complain('answered-twice', record, lines, { text: 'one outcome for the event' });
      return;
    }
    if (earlier === undefined && record.event.position < state.answered)
      this.#complain('answered-out-of-turn', record, [line], {
        text: `before event ${state.answered} of the same visit`,
      });
    this.#compare(asking, record, line);
    const operation = this.#completed(asking, state, record, line);
    this.#accept({ operation, state, number, again: earlier !== undefined });
    state.life = record.life;
  }

  /** Customers that still ask when the history ends are left without an answer. */
  finish(): void {
    for (const state of this.#states.values()) {
      this.#leave(state);
    }
  }

  /** The operation with its answer; one without any recorded call began when its visit was idle. */
  #completed(
    asking: Asking | undefined,
    state: VisitState,
    record: Stamp & OutcomeRecord,
    line: number,
  ): Operation {
    const { at, error } = this.#context.clock;
    const time = at(record, line) + error;
    const operation = asking?.operation ?? operationOf(record, state.since ?? time, 0);
    if (asking === undefined) this.#context.timeline.begin(operation);
    answer(operation, record, line);
    if (record.result !== 'unknown')
      endAt(operation, asking?.heard?.time ?? time, asking?.heard?.answer ?? record);
    state.since = time;
    return operation;
  }

  #accept(accepted: {
    readonly operation: Operation;
    readonly state: VisitState;
    readonly number: number;
    readonly again: boolean;
  }): void {
    const { operation, state, number, again } = accepted;
    const { events, timeline } = this.#context;
    state.asking = undefined;
    state.answered = Math.max(state.answered, operation.event?.position ?? 0);
    // An update that was asked again is in its place already, with the answer that it had then.
    if (again && operation.interface !== 'query') {
      timeline.forget(operation);
      if (events.resultOf(number) !== operation.result)
        this.#complain('answer-changed', operation, [events.lineOf(number), operation.answerLine], {
          result: events.resultOf(number) ?? 'none',
        });
      return;
    }
    events.set(number, operation.result, operation.answerLine);
    timeline.close(operation);
    this.#context.answered(operation, number);
  }

  /** The customer goes on without an outcome, or the history ends: what it heard still counts. */
  #leave(state: VisitState): void {
    const { asking } = state;
    state.asking = undefined;
    if (asking === undefined) return;
    const { operation, heard } = asking;
    if (heard) {
      answer(operation, { ...heard.answer, result: resultOf(heard.answer) }, heard.line);
      endAt(operation, heard.time, heard.answer);
    }
    this.#context.timeline.close(operation);
  }

  /** What a customer says it was told must be what reached it. */
  #compare(asking: Asking | undefined, record: Stamp & OutcomeRecord, line: number): void {
    if (asking === undefined) return;
    const { heard, operation } = asking;
    const lines = [operation.callLine, ...(heard ? [heard.line] : []), line];
    const asked = operation.interface === record.interface && operation.money === moneyOf(record);
    if (!asked) {
      const { money, interface: name } = operation;
      this.#complain('answer-changed', record, lines, { text: `an answer to ${name} ${money}` });
    } else if (heard === undefined) {
      if (record.result !== 'unknown')
        this.#complain('answer-changed', record, lines, { result: 'unknown', text: 'no answer' });
    } else if (!sameAnswer(heard.answer, record)) {
      this.#complain('answer-changed', record, lines, returnFacts(heard.answer));
    }
  }

  #complain(
    kind: AnswerKind,
    told: Operation | (Stamp & OutcomeRecord),
    lines: readonly number[],
    expected: Facts,
  ): void {
    const operation = 'kind' in told ? operationOf(told, Number.NaN, 0) : told;
    if ('kind' in told) answer(operation, told, 0);
    this.#context.report({
      kind,
      cause: causes[kind],
      process: told.process,
      operation: operationFacts(operation, this.#context.origin),
      observed: answerFacts(operation),
      expected,
      lines,
    });
  }

  #stateOf(visit: VisitPlace): VisitState {
    let state = this.#states.get(visit.entry);
    if (state === undefined) {
      state = { since: undefined, life: 0, answered: 0, asking: undefined };
      this.#states.set(visit.entry, state);
    }
    return state;
  }
}
