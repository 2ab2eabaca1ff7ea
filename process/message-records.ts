import type {
  CallContent,
  CallInterface,
  CallOutcome,
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
} from '../bank/history.ts';

// The history's records of messages, key by key: to spread objects of many shapes into one another
// costs more than to write the line, and a query has four of them.

export const callRecord = (
  { message, to, attempt }: Pick<CallRecord, 'message' | 'to' | 'attempt'>,
  content: CallContent,
): CallRecord => ({
  kind: 'call',
  message,
  to,
  attempt,
  interface: content.interface,
  event: content.event,
  eventId: content.eventId,
  money: content.money,
  tx: content.tx,
  version: content.version,
  decision: content.decision,
});

export const receiveRecord = (
  { message, from, outside, event }: Pick<ReceiveRecord, 'message' | 'from' | 'outside' | 'event'>,
  content: CallContent,
): ReceiveRecord => ({
  kind: 'receive',
  message,
  from,
  outside,
  interface: content.interface,
  event,
  money: content.money,
  tx: content.tx,
  version: content.version,
  decision: content.decision,
});

/** The call that is answered. */
interface Answered {
  readonly message: string;
  readonly interface: CallInterface;
}

export const replyRecord = (
  { message, interface: name }: Answered,
  to: string,
  outcome: CallOutcome,
): ReplyRecord => ({
  kind: 'reply',
  message,
  interface: name,
  to,
  result: outcome.result,
  reason: outcome.reason,
  balance: outcome.balance,
  version: outcome.version,
  decision: outcome.decision,
  status: outcome.status,
  detail: outcome.detail,
});

export const returnRecord = (
  { message, interface: name }: Answered,
  from: string,
  outcome: CallOutcome,
): ReturnRecord => ({
  kind: 'return',
  message,
  interface: name,
  from,
  result: outcome.result,
  reason: outcome.reason,
  balance: outcome.balance,
  version: outcome.version,
  decision: outcome.decision,
  status: outcome.status,
  detail: outcome.detail,
});
