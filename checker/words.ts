import type { EventIdentity } from '../bank/scenario.ts';
import type {
  Cause,
  Facts,
  OperationFacts,
  UpdateFacts,
  Violation,
  ViolationKind,
} from './verdict.ts';

/** What each broken promise is, as a headline. */
export const headlines: Readonly<Record<ViolationKind, string>> = {
  'not-answered': 'an event was never answered, although the run ended in order',
  'answered-twice': 'an event was answered twice',
  'answered-out-of-turn': 'a customer was answered out of turn',
  'answer-unasked': 'an answer to an event that is not in the run',
  'answer-changed': 'a customer tells another answer than the one that reached it',
  'wrong-balance': 'a query was answered with a balance that the account did not have',
  'wrong-version': 'an answer bears a version that does not fit its place in the order',
  overdrawn: 'a withdrawal succeeded beyond the balance',
  'limit-passed': 'a deposit succeeded beyond the largest balance',
  'wrong-refusal': 'an update was refused although the rules of the bank allow it',
  'message-altered': 'a request arrived otherwise than it was sent',
  'message-unsent': 'a request arrived that nobody sent',
  'answer-altered': 'an answer arrived otherwise than it was sent',
  'answer-unsent': 'an answer arrived that nobody sent',
  'negative-balance': 'the balance was negative',
  'wrong-start': 'a replica began in another state than the run says',
  'wrong-sum': 'the balance after an update is not the balance before it plus its amount',
  'version-skipped': 'a replica left out a version',
  'applied-twice': 'an update was applied twice',
  'order-differs': 'replicas applied different updates as the same version',
  'applied-unasked': 'an update was applied that no event asked for',
  'wrong-amount': 'an update was applied with another amount than was asked for',
  'applied-though-failed': 'an update was applied although its customer was told that it failed',
  'applied-though-aborted': 'an update was applied although its origin aborted it',
  'applied-undecided': 'an update was applied although its origin never committed it',
  'not-applied': 'an update is missing on a replica',
  'success-not-applied': 'a customer was told of success, but no replica applied the update',
  'decided-twice': 'an update was both committed and aborted',
  'dropped-though-committed': 'a replica dropped an update that was committed',
  'replay-differs': 'a branch started again in another state than it had',
  'final-differs': 'a replica ended in another state than it should have',
  'call-after-stop': 'a process still took part in a call after it was asked to stop',
  'record-after-end': 'a process was still at work after the end of the run',
};

export function causeInWords(cause: Cause, update: UpdateFacts | undefined): string {
  const name = update ? updateName(update) : 'an update';
  switch (cause) {
    case 'lost':
      return `lost: ${name} is missing`;
    case 'stale':
      return `stale: it is the state before ${name}`;
    case 'doubled':
      return `doubled: ${name} counts twice`;
    case 'phantom':
      return update
        ? `phantom: ${name} counts, although it should not`
        : 'phantom: something counts that never happened';
    case 'reordered':
      return `reordered: ${name} is not in its place`;
    case 'altered':
      return 'altered: two records of the same thing disagree';
    case 'unexplained':
      return 'unexplained: no single update accounts for it';
  }
}

/** "event 2 (id 5) of entry 3": known by its place, since ids repeat in real files. */
export function eventName(event: EventIdentity, id?: number): string {
  const shown = id === undefined ? '' : ` (id ${id})`;
  return `event ${event.position}${shown} of entry ${event.entry}`;
}

export function operationName(operation: OperationFacts): string {
  const { event, eventId, interface: name, money, process } = operation;
  const what = money === undefined ? name : `${name} ${money}`;
  if (event === undefined) return `${what} by a client outside the run at ${process}`;
  return `${what}, ${eventName(event, eventId)} (${process})`;
}

export function updateName({ tx, event, version, delta }: UpdateFacts): string {
  const what =
    delta === undefined ? 'the update' : delta < 0 ? `withdraw ${-delta}` : `deposit ${delta}`;
  const where = [
    ...(event ? [eventName(event)] : []),
    ...(tx === undefined ? [] : [`tx ${tx}`]),
    ...(version === undefined ? [] : [`version ${version}`]),
  ].join(', ');
  return where === '' ? what : `${what} (${where})`;
}

export function factsInWords(facts: Facts): string {
  const { result, reason, balance, balances, version, delta, tx, event, text } = facts;
  const parts = [
    ...(text === undefined ? [] : [text]),
    ...(result === undefined ? [] : [result]),
    ...(reason === undefined ? [] : [`(${reason})`]),
    ...(balance === undefined ? [] : [`balance ${balance}`]),
    ...(balances === undefined ? [] : [`balance ${oneOf(balances)}`]),
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(delta === undefined ? [] : [`amount ${delta}`]),
    ...(tx === undefined ? [] : [`tx ${tx}`]),
    ...(event === undefined ? [] : [eventName(event)]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

const shownBalances = 10;

function oneOf(balances: readonly number[]): string {
  const shown = balances.slice(0, shownBalances).join(' or ');
  return balances.length > shownBalances ? `${shown} or others` : shown;
}

/** "from 1.204 ms to 3.310 ms after the start of the run". */
export function intervalInWords({ beganUs, endedUs }: OperationFacts): string | undefined {
  if (beganUs === undefined && endedUs === undefined) return undefined;
  const from = beganUs === undefined ? '' : `from ${milliseconds(beganUs)} `;
  const to = endedUs === undefined ? 'without an end' : `to ${milliseconds(endedUs)}`;
  return `${from}${to} after the start of the run`;
}

function milliseconds(us: number): string {
  return `${(us / 1_000).toFixed(3)} ms`;
}

/** Who broke the promise: the customer's operation, the update, or the process. */
export function subjectOf({ operation, update, process }: Violation): string {
  if (operation) return operationName(operation);
  return update ? `${updateName(update)} at ${process}` : process;
}
