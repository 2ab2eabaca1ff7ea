import type { CallContent, CallOutcome, OutcomeRecord, Stamp } from '../bank/history.ts';
import type { Interface } from '../bank/scenario.ts';
import type { Operation } from './operation.ts';
import type { Facts } from './verdict.ts';

/** Records of customers, turned into operations and compared with each other. */

/** A question, without an answer so far. `line` is that of its request, 0 when there is none. */
export function operationOf(
  record: Pick<Stamp, 'process'> & Pick<CallContent, 'event' | 'eventId' | 'interface' | 'money'>,
  begin: number,
  line: number,
  beganUs?: number,
): Operation {
  return {
    process: record.process,
    interface: customerInterface(record.interface),
    money: moneyOf(record),
    event: record.event,
    eventId: record.eventId,
    callLine: line,
    begin,
    beganUs,
    end: Number.POSITIVE_INFINITY,
    result: 'unknown',
    answerLine: 0,
  };
}

/** What a customer was told, by the record that says so in `line`. */
export function answer(
  operation: Operation,
  told: Pick<OutcomeRecord, 'result' | 'reason' | 'balance' | 'version'>,
  line: number,
): void {
  operation.result = told.result;
  operation.reason = told.reason;
  operation.balance = told.balance;
  operation.version = told.version;
  operation.answerLine = line;
}

/** When the answer came, by the clock that orders operations and by the record that brought it. */
export function endAt(operation: Operation, time: number, { mono }: Stamp): void {
  operation.end = Math.max(operation.begin, time);
  operation.endedUs = mono;
}

/** A return says `success` or `fail`, or a balance without any result. */
export function resultOf({ result }: CallOutcome): 'success' | 'fail' | 'balance' {
  return result ?? 'balance';
}

/** An amount on a query means nothing. */
export function moneyOf({
  interface: name,
  money,
}: Pick<CallContent, 'interface' | 'money'>): number {
  return name === 'query' ? 0 : (money ?? 0);
}

export function sameAnswer(heard: CallOutcome, told: OutcomeRecord): boolean {
  if (told.result === 'unknown') return false;
  return (
    resultOf(heard) === told.result &&
    heard.reason === told.reason &&
    heard.balance === told.balance &&
    heard.version === told.version
  );
}

export function returnFacts(heard: CallOutcome): Facts {
  const { result, reason, balance, version } = heard;
  return {
    ...(result === undefined ? {} : { result }),
    ...(reason === undefined ? {} : { reason }),
    ...(balance === undefined ? {} : { balance }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Other interfaces are not a customer's; a record that claims one is taken as a query. */
function customerInterface(name: CallContent['interface']): Interface {
  return name === 'deposit' || name === 'withdraw' ? name : 'query';
}
