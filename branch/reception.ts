import type { CallOutcome } from '../bank/history.ts';
import type { BranchContext } from './context.ts';
import type { Refusal, Response } from './protocol.ts';
import { contentOf, outcomeOf, outcomeOfRefusal } from './story.ts';
import type { Letter } from './wire.ts';

/** How a request ended. */
export type Delivered =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly refusal: Refusal };

/** A request that waits for its answer. */
interface OpenRequest {
  readonly letter: Letter;
  readonly message: string;
  readonly resolve: (delivered: Delivered) => void;
}

export interface Received {
  /** The replica's number for this request. */
  readonly call: number;
  readonly delivered: Promise<Delivered>;
}

const outside = 'outside';

/** Keeps the requests that wait for an answer, and writes both ends of them into the history. */
export class Reception {
  private readonly context: BranchContext;
  private readonly open = new Map<number, OpenRequest>();
  private lastCall = 0;

  constructor(context: BranchContext) {
    this.context = context;
  }

  receive(letter: Letter): Received {
    const call = ++this.lastCall;
    const message = this.recordReceive(letter);
    const delivered = new Promise<Delivered>((resolve) => {
      this.open.set(call, { letter, message, resolve });
    });
    return { call, delivered };
  }

  reply(call: number, response: Response): void {
    const { faults } = this.context;
    faults?.beforeReply(response);
    this.end(call, { ok: true, response });
    faults?.afterReply(response);
  }

  refuse(call: number, refusal: Refusal): void {
    this.end(call, { ok: false, refusal });
  }

  private end(call: number, delivered: Delivered): void {
    const request = this.open.get(call);
    if (request === undefined) throw new Error(`request ${call} is answered twice`);
    this.open.delete(call);
    const { history } = this.context;
    if (history) this.recordReply(request, outcomeOfDelivered(delivered));
    request.resolve(delivered);
  }

  /** @returns the identity of the message, made here if it has none */
  private recordReceive({ sender, request, event }: Letter): string {
    const { history } = this.context;
    if (history === undefined) return '';
    if (sender) history.meet(sender.clock);
    const message = sender?.message || history.nextOutsideMessage();
    const from = sender ? { from: sender.process } : ({ from: outside, outside: true } as const);
    history.write({ kind: 'receive', message, ...from, ...contentOf(request), event });
    return message;
  }

  private recordReply({ letter, message }: OpenRequest, outcome: CallOutcome): void {
    const to = letter.sender?.process ?? outside;
    const { interface: name } = letter.request;
    this.context.history?.write({ kind: 'reply', message, interface: name, to, ...outcome });
  }
}

const outcomeOfDelivered = (delivered: Delivered): CallOutcome =>
  delivered.ok ? outcomeOf(delivered.response) : outcomeOfRefusal(delivered.refusal);
