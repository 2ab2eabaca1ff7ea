import type {
  CallRecord,
  ReceiveRecord,
  ReplyRecord,
  ReturnRecord,
  Stamp,
} from '../bank/history.ts';
import type { Report } from './account-check.ts';
import {
  contentFacts,
  customerOperation,
  outcomeFacts,
  sameContent,
  sameOutcome,
} from './exchange.ts';
import type { Entry, Exchange } from './exchange.ts';
import type { Facts, ViolationKind } from './verdict.ts';

type MessageKind = Extract<
  ViolationKind,
  'message-altered' | 'message-unsent' | 'answer-altered' | 'answer-unsent'
>;

interface Complaint {
  readonly record: Stamp & (ReceiveRecord | ReturnRecord);
  /** 0 for a line that the history does not have. */
  readonly lines: readonly number[];
  readonly expected: Facts;
  readonly call?: (Stamp & CallRecord) | undefined;
}

/**
 * Checks that what arrives is what was sent: requests at the callee, answers at the caller. A
 * message may be lost, and it may arrive twice or late, but it may not change or come from nowhere.
 * Branches that write no lines of their own are not held to it.
 */
export class Messages {
  readonly #report: Report;
  readonly #exchanges = new Map<string, Exchange>();
  /** The latest message of each process, and of each earlier life of it. */
  readonly #latest = new Map<string, string>();
  /** The first request to each process that was answered before it was received. */
  readonly #answeredUnheard = new Map<string, string>();
  #disordered = false;

  constructor(report: Report) {
    this.#report = report;
  }

  /** A message arrived in a line before that of its sending: lines are not in the order of time. */
  get disordered(): boolean {
    return this.#disordered;
  }

  called(record: Stamp & CallRecord, line: number): void {
    const latest = this.#latest.get(record.process);
    if (latest !== undefined && lifeOf(latest) !== lifeOf(record.message))
      this.#reborn(record, latest);
    this.#latest.set(record.process, record.message);
    const early = this.#exchanges.get(record.message);
    const exchange = early ?? { replies: [] };
    exchange.call = { record, line };
    if (early === undefined) this.#exchanges.set(record.message, exchange);
    if (early?.received === undefined) return;
    this.#disordered = true;
    this.#compareRequest(exchange, early.received);
  }

  received(record: Stamp & ReceiveRecord, line: number): void {
    if (record.outside || record.message === '') return;
    const exchange = this.#exchanges.get(record.message);
    const received = { record, line };
    if (this.#answeredUnheard.get(record.process) === record.message) this.#disordered = true;
    if (exchange) this.#compareRequest(exchange, received);
    else if (!this.#wasSent(record.message))
      this.#exchanges.set(record.message, { received, replies: [] });
  }

  replied(record: Stamp & ReplyRecord, line: number): void {
    const exchange = this.#exchanges.get(record.message);
    if (exchange === undefined) return;
    exchange.replies.push({ record, line });
    if (exchange.returned === undefined) return;
    this.#disordered = true;
    this.#exchanges.delete(record.message);
    this.#compareAnswer(exchange, exchange.returned);
  }

  returned(record: Stamp & ReturnRecord, line: number): void {
    const exchange = this.#exchanges.get(record.message);
    if (exchange?.call === undefined) return;
    const returned = { record, line };
    const answered = record.status === undefined && exchange.received !== undefined;
    if (record.status === undefined && !answered && !this.#answeredUnheard.has(record.from))
      this.#answeredUnheard.set(record.from, record.message);
    if (answered && exchange.replies.length === 0) {
      exchange.returned = returned;
      return;
    }
    this.#exchanges.delete(record.message);
    if (answered) this.#compareAnswer(exchange, returned);
  }

  /**
   * Nothing more is sent: what nobody has sent by now came from nowhere, unless the sender is one of
   * those whose last lines are lost.
   */
  finish(lost: ReadonlySet<string>): void {
    for (const { call, received, returned } of this.#exchanges.values()) {
      // A process that wrote no call at all is one that writes none.
      if (
        received &&
        call === undefined &&
        this.#latest.has(received.record.from) &&
        !lost.has(received.record.from)
      )
        this.#complain('message-unsent', {
          record: received.record,
          lines: [received.line],
          expected: { text: 'no such call' },
        });
      if (returned && !lost.has(returned.record.from))
        this.#complain('answer-unsent', {
          record: returned.record,
          lines: [call?.line ?? 0, received?.line ?? 0, returned.line],
          expected: { text: 'no such reply' },
          call: call?.record,
        });
    }
  }

  /** A life of a process ended with its calls open: nobody waits for their answers. */
  #reborn({ process, message }: Stamp & CallRecord, latest: string): void {
    const life = lifeOf(message);
    for (const [id, { call, returned }] of this.#exchanges) {
      if (call?.record.process === process && lifeOf(id) !== life && returned === undefined)
        this.#exchanges.delete(id);
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

  #compareRequest(exchange: Exchange, received: Entry<ReceiveRecord>): void {
    exchange.received = received;
    if (exchange.call === undefined) return;
    const { record } = received;
    const { record: call, line } = exchange.call;
    const { process, to } = call;
    if (sameContent(call, record) && to === record.process && process === record.from) return;
    const expected = { ...contentFacts(call), text: `${call.interface} from ${process} to ${to}` };
    this.#complain('message-altered', { record, lines: [line, received.line], expected, call });
  }

  #compareAnswer({ call, replies }: Exchange, { record, line }: Entry<ReturnRecord>): void {
    const [first] = replies;
    if (first === undefined || replies.some((reply) => sameOutcome(reply.record, record))) return;
    this.#complain('answer-altered', {
      record,
      lines: [call?.line ?? 0, first.line, line],
      expected: outcomeFacts(first.record),
      call: call?.record,
    });
  }

  #complain(kind: MessageKind, complaint: Complaint): void {
    const { record, expected, call } = complaint;
    const operation = customerOperation(call);
    this.#report({
      kind,
      cause: kind === 'message-unsent' || kind === 'answer-unsent' ? 'phantom' : 'altered',
      process: record.process,
      ...(operation ? { operation } : {}),
      observed: record.kind === 'receive' ? contentFacts(record) : outcomeFacts(record),
      expected,
      lines: complaint.lines.filter((line) => line > 0),
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
