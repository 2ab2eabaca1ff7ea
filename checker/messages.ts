import type {
  CallContent,
  CallOutcome,
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
  Stamp,
} from '../bank/history.ts';
import type { Report } from './account-check.ts';
import type { Facts, OperationFacts, ViolationKind } from './verdict.ts';

/** A call whose caller still waits, with what its callee wrote about it. */
interface Exchange {
  readonly call: Stamp & CallRecord;
  readonly line: number;
  receivedLine: number;
  readonly replies: { readonly record: Stamp & ReplyRecord; readonly line: number }[];
}

type MessageKind = Extract<
  ViolationKind,
  'message-altered' | 'message-unsent' | 'answer-altered' | 'answer-unsent'
>;

interface Complaint {
  readonly record: Stamp & (ReceiveRecord | ReturnRecord);
  readonly lines: readonly number[];
  readonly expected: Facts;
  readonly call?: Stamp & CallRecord;
}

/** One end of a call that waits for the line of the other. */
interface Unmatched<Kind> {
  readonly record: Stamp & Kind;
  readonly line: number;
  readonly exchange?: Exchange;
}

/**
 * Checks that what arrives is what was sent: requests at the callee, answers at the caller. A
 * message may be lost, and it may arrive twice or late, but it may not change or come from nowhere.
 * Branches that write no lines of their own are not held to it.
 */
export class Messages {
  readonly #report: Report;
  readonly #exchanges = new Map<string, Exchange>();
  /** The latest message of each life of each process; a life counts its messages from 1. */
  readonly #latest = new Map<string, string>();
  readonly #unsent = new Map<string, Unmatched<ReceiveRecord>>();
  readonly #unreplied = new Map<string, Unmatched<ReturnRecord>>();
  #disordered = false;

  constructor(report: Report) {
    this.#report = report;
  }

  /** A message arrived in a line before that of its sending: lines are not in the order of time. */
  get disordered(): boolean {
    return this.#disordered;
  }

  called(record: Stamp & CallRecord, line: number): void {
    const exchange: Exchange = { call: record, line, receivedLine: 0, replies: [] };
    this.#exchanges.set(record.message, exchange);
    const latest = this.#latest.get(record.process);
    if (latest !== undefined && lifeOf(latest) !== lifeOf(record.message))
      this.#reborn(record, latest);
    this.#latest.set(record.process, record.message);
    const early = this.#unsent.get(record.message);
    if (early === undefined) return;
    this.#disordered = true;
    this.#unsent.delete(record.message);
    this.#compareRequest(exchange, early.record, early.line);
  }

  received(record: Stamp & ReceiveRecord, line: number): void {
    if (record.outside || record.message === '') return;
    const exchange = this.#exchanges.get(record.message);
    if (exchange) this.#compareRequest(exchange, record, line);
    else if (!this.#wasSent(record.message)) this.#unsent.set(record.message, { record, line });
  }

  replied(record: Stamp & ReplyRecord, line: number): void {
    const late = this.#unreplied.get(record.message);
    if (late) {
      this.#disordered = true;
      this.#unreplied.delete(record.message);
      late.exchange?.replies.push({ record, line });
      this.#compareAnswer(late.exchange, late.record, late.line);
      return;
    }
    this.#exchanges.get(record.message)?.replies.push({ record, line });
  }

  returned(record: Stamp & ReturnRecord, line: number): void {
    const exchange = this.#exchanges.get(record.message);
    if (exchange === undefined) return;
    this.#exchanges.delete(record.message);
    if (record.status !== undefined) return;
    if (exchange.replies.length > 0) this.#compareAnswer(exchange, record, line);
    else if (exchange.receivedLine > 0)
      this.#unreplied.set(record.message, { record, line, exchange });
  }

  finish(): void {
    for (const { record, line } of this.#unsent.values()) {
      // A life that wrote no call at all is one that writes none, or whose lines are missing.
      if (this.#latest.has(record.from) && !this.#wasSent(record.message))
        this.#complain('message-unsent', {
          record,
          lines: [line],
          expected: { text: 'no such call' },
        });
    }
    for (const { record, line, exchange } of this.#unreplied.values()) {
      const lines = exchange ? [exchange.line, exchange.receivedLine, line] : [line];
      this.#complain('answer-unsent', {
        record,
        lines,
        expected: { text: 'no such reply' },
        ...(exchange ? { call: exchange.call } : {}),
      });
    }
  }

  /** A life of a process ended with its calls open: nobody waits for their answers. */
  #reborn({ process, message }: Stamp & CallRecord, latest: string): void {
    const life = lifeOf(message);
    for (const [id, { call }] of this.#exchanges) {
      if (call.process === process && lifeOf(id) !== life) this.#exchanges.delete(id);
    }
    this.#latest.set(lifeOf(latest), latest);
  }

  /** Whether its caller has counted as far as this message, so that it was sent and forgotten. */
  #wasSent(message: string): boolean {
    const life = lifeOf(message);
    const process = life.slice(0, life.lastIndexOf('/'));
    const current = this.#latest.get(process);
    const latest = current && lifeOf(current) === life ? current : this.#latest.get(life);
    return latest !== undefined && numberOf(message) <= numberOf(latest);
  }

  #compareRequest(exchange: Exchange, record: Stamp & ReceiveRecord, line: number): void {
    exchange.receivedLine = line;
    const { call } = exchange;
    if (sameContent(call, record) && call.to === record.process && call.process === record.from)
      return;
    const { process, to } = call;
    const expected = { ...contentFacts(call), text: `from ${process} to ${to}` };
    this.#complain('message-altered', { record, lines: [exchange.line, line], expected, call });
  }

  #compareAnswer(exchange: Exchange | undefined, record: Stamp & ReturnRecord, line: number): void {
    const first = exchange?.replies[0];
    if (exchange === undefined || first === undefined) return;
    if (exchange.replies.some((reply) => sameOutcome(reply.record, record))) return;
    const lines = [exchange.line, first.line, line];
    this.#complain('answer-altered', {
      record,
      lines,
      expected: outcomeFacts(first.record),
      call: exchange.call,
    });
  }

  #complain(kind: MessageKind, complaint: Complaint): void {
    const { record, lines, expected, call } = complaint;
    const operation = customerOperation(call);
    this.#report({
      kind,
      cause: kind === 'message-unsent' || kind === 'answer-unsent' ? 'phantom' : 'altered',
      process: record.process,
      ...(operation ? { operation } : {}),
      observed: record.kind === 'receive' ? contentFacts(record) : outcomeFacts(record),
      expected,
      lines,
    });
  }
}

/** `<process>/<life>` of a message id `<process>/<life>/<n>`. */
function lifeOf(message: string): string {
  return message.slice(0, message.lastIndexOf('/'));
}

function numberOf(message: string): number {
  return Number(message.slice(message.lastIndexOf('/') + 1));
}

/** Whether what was received is what was called; a field that one end does not write says nothing. */
function sameContent(call: CallContent, received: CallContent): boolean {
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

function sameOutcome(reply: CallOutcome, heard: CallOutcome): boolean {
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

function contentFacts({
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

function outcomeFacts({ result, reason, balance, version, decision, status }: CallOutcome): Facts {
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
function customerOperation(call: (Stamp & CallRecord) | undefined): OperationFacts | undefined {
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
