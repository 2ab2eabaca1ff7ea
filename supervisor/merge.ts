/** From what every customer received to the one output, in the order of the input file. */
import type { Answer, OutputEntry } from '../bank/answer.ts';
import { FirstFew } from '../bank/first-few.ts';
import type { EventResult } from '../bank/result.ts';
import type { Event, Scenario, Visit } from '../bank/scenario.ts';
import type { Cause } from './cause.ts';
import type { VisitResult } from './visit-result.ts';

export interface Merged {
  readonly entries: readonly OutputEntry[];
  /** Events whose outcome the bank's rules did not decide: the first few, and how many more. */
  readonly undecided: readonly Cause[];
}

/**
 * `resultOf` answers what the customer of an entry wrote. An event without a line is unknown; in a
 * run that was `halted` it was not asked for, or not to its end, and is left out.
 */
export function mergeResults(
  scenario: Scenario,
  resultOf: (entry: number) => VisitResult,
  halted: boolean,
): Merged {
  const undecided = new FirstFew<Cause>();
  const entries = scenario.visits.map((visit) => {
    const { results } = resultOf(visit.entry);
    const byPosition = new Map(results.map((result) => [result.position, result]));
    const recv = visit.events.flatMap((event, index) => {
      const result = byPosition.get(index + 1);
      if (result === undefined && halted) return [];
      const cause = undecidedCause(visit, event, result);
      if (cause !== undefined) undecided.add(cause);
      return answerOf(event, result);
    });
    return { id: visit.customer, recv };
  });
  return { entries, undecided: [...undecided.items, ...theRest(undecided)] };
}

/** What is wrong with one event is often wrong with all, and nobody reads ten thousand lines. */
function theRest({ items: [first], more }: FirstFew<Cause>): Cause[] {
  if (first === undefined || more === 0) return [];
  const what = 'without a known outcome, or without a branch that was needed';
  return [{ reason: first.reason, message: `${more} more ${what}: the report has each` }];
}

function answerOf(event: Event, result: EventResult | undefined): Answer {
  if (event.interface === 'query') {
    return result?.balance === undefined
      ? { interface: 'query', result: 'unknown' }
      : { interface: 'query', balance: result.balance };
  }
  if (result?.result === 'success') return { interface: event.interface, result: 'success' };
  if (result?.result !== 'fail') return { interface: event.interface, result: 'unknown' };
  // A refusal by the bank's rules needs no reason; a missing branch is told.
  const reason = result.reason === 'branch-missing' ? { reason: result.reason } : {};
  return { interface: event.interface, result: 'fail', ...reason };
}

function undecidedCause(
  visit: Visit,
  event: Event,
  result: EventResult | undefined,
): Cause | undefined {
  const who = `event ${event.id} (${event.interface}) of customer ${visit.customer}, entry ${visit.entry},`;
  if (result === undefined) {
    return { reason: 'event-unknown', message: `${who} has no answer` };
  }
  const detail = result.detail === undefined ? '' : `: ${result.detail}`;
  if (result.result === 'unknown') {
    return { reason: 'event-unknown', message: `${who} has no known outcome${detail}` };
  }
  if (result.reason === 'branch-missing') {
    return { reason: 'branch-missing', message: `${who} failed${detail}` };
  }
  return undefined;
}

/** `--successful-only`: the assignment's "list of successful returns", without what was refused. */
export const onlySuccessful = (entries: readonly OutputEntry[]): readonly OutputEntry[] =>
  entries.map(({ id, recv }) => ({ id, recv: recv.filter(isSuccessful) }));

const isSuccessful = (answer: Answer): boolean =>
  !('result' in answer) || answer.result === 'success';
