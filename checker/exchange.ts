import type {
  CallContent,
  CallOutcome,
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
  Stamp,
} from '../bank/history.ts';
import type { Facts, OperationFacts } from './verdict.ts';

/** A record and where it stands. */
export interface Entry<Kind> {
  readonly record: Stamp & Kind;
  readonly line: number;
}

/** What is known of a message until its caller has its answer. */
export interface Exchange {
  call?: Entry<CallRecord>;
  received?: Entry<ReceiveRecord>;
  readonly replies: Entry<ReplyRecord>[];
  /** An answer that came before the line of its reply. */
  returned?: Entry<ReturnRecord>;
}

/** Whether what was received is what was called; a field that one end does not write says nothing. */
export function sameContent(call: CallContent, received: CallContent): boolean {
  return (
    call.interface === received.interface &&
    agree(call.event?.entry, received.event?.entry) &&
    agree(call.event?.position, received.event?.position) &&
    (call.interface === 'query' || agree(call.money, received.money)) &&
    agree(call.tx, received.tx) &&
    agree(call.version, received.version) &&
    agree(call.decision, received.decision)
  );
}

export function sameOutcome(reply: CallOutcome, heard: CallOutcome): boolean {
  return (
    agree(reply.result, heard.result) &&
    agree(reply.balance, heard.balance) &&
    agree(reply.version, heard.version) &&
    agree(reply.decision, heard.decision) &&
    reply.status === heard.status
  );
}

function agree(one: unknown, other: unknown): boolean {
  return one === undefined || other === undefined || one === other;
}

export function contentFacts({
  interface: name,
  event,
  money,
  tx,
  version,
  decision,
}: CallContent): Facts {
  return {
    ...(decision === undefined ? {} : { result: decision }),
    ...(event === undefined ? {} : { event }),
    ...(tx === undefined ? {} : { tx }),
    ...(version === undefined ? {} : { version }),
    ...(money === undefined ? {} : { delta: money }),
    text: name,
  };
}

export function outcomeFacts({
  result,
  reason,
  balance,
  version,
  decision,
  status,
}: CallOutcome): Facts {
  return {
    ...(result === undefined ? {} : { result }),
    ...(decision === undefined ? {} : { result: decision }),
    ...(reason === undefined ? {} : { reason }),
    ...(balance === undefined ? {} : { balance }),
    ...(version === undefined ? {} : { version }),
    ...(status === undefined ? {} : { text: status }),
  };
}

/** The customer's operation that a call carries, when it carries one. */
export function customerOperation(
  call: (Stamp & CallRecord) | undefined,
): OperationFacts | undefined {
  if (call?.event === undefined) return undefined;
  const { interface: name, event, eventId, money, process } = call;
  if (name !== 'query' && name !== 'deposit' && name !== 'withdraw') return undefined;
  return {
    event,
    ...(eventId === undefined ? {} : { eventId }),
    process,
    interface: name,
    ...(money === undefined || name === 'query' ? {} : { money }),
  };
}
