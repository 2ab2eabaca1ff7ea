import { monotonicMs } from '../process/clock.ts';
import type { CallFailure, CallResult } from '../rpc/status.ts';
import type { BranchContext } from './context.ts';
import type { Effect, Input, PeerRequest, Refusal } from './protocol.ts';
import { contentOf, outcomeOfCall } from './story.ts';
import type { FellowAnswer, FellowStub } from './stub.ts';

type Send = Extract<Effect, { type: 'send' }>;
type Result = CallResult<FellowAnswer>;

/** The requests of this branch to one fellow, so far. */
interface Correspondence {
  readonly stub: FellowStub;
  /** The latest request, and how often it was sent. */
  subject: string;
  attempt: number;
}

/** Sends the replica's requests to the fellow branches, and brings it their answers. */
export class Post {
  private readonly context: BranchContext;
  private readonly incarnation: number;
  private readonly hear: (input: Input) => void;
  private readonly fellows: ReadonlyMap<number, Correspondence>;

  constructor(context: BranchContext, stubs: readonly FellowStub[], hear: (input: Input) => void) {
    const self = context.topology.branches.find(({ id }) => id === context.id);
    this.context = context;
    this.incarnation = self?.incarnation ?? 1;
    this.hear = hear;
    this.fellows = new Map(
      stubs.map((stub) => [stub.id, { stub, subject: '', attempt: 0 }] as const),
    );
  }

  async send(send: Send): Promise<void> {
    const { history, process, topology, faults } = this.context;
    const fellow = this.fellows.get(send.to);
    if (fellow === undefined) throw new Error(`${process} has no fellow branch ${send.to}`);
    const message = history?.nextMessage() ?? '';
    if (history) this.recordCall(fellow, send.request, message);
    const clock = history?.clock ?? 0;
    const { incarnation } = this;
    const envelope = {
      run_id: topology.runId,
      sender: process,
      message,
      clock,
      ...(incarnation > 1 && { incarnation }),
      ...(send.incarnation > 1 && { recipient: send.incarnation }),
    };
    const deadline = Date.now() + (send.deadline - monotonicMs());
    const transmit = (until: number): Promise<Result> =>
      fellow.stub.send(send.request, envelope, until);
    if (faults === undefined) return this.receive(send, message, await transmit(deadline));
    for (const result of await faults.convey(send, transmit, deadline))
      this.receive(send, message, result);
  }

  private receive({ call, request, to }: Send, message: string, result: Result): void {
    const { history } = this.context;
    if (history) {
      if (result.ok) history.meet(result.response.clock);
      const from = this.fellows.get(to)?.stub.process ?? '';
      const { interface: name } = request;
      history.write({ kind: 'return', message, interface: name, from, ...outcomeOfCall(result) });
    }
    if (result.ok) this.hear({ type: 'response', call, response: result.response.response });
    else this.hear({ type: 'failure', call, refusal: refusalOf(result.failure) });
  }

  private recordCall(fellow: Correspondence, request: PeerRequest, message: string): void {
    const subject = 'tx' in request ? `${request.interface} ${request.tx}` : request.interface;
    fellow.attempt = fellow.subject === subject ? fellow.attempt + 1 : 1;
    fellow.subject = subject;
    const { attempt } = fellow;
    const to = fellow.stub.process;
    this.context.history?.write({ kind: 'call', message, to, attempt, ...contentOf(request) });
  }
}

/**
 * Whatever the trouble, the replica has no answer and asks again, unless it is told that another
 * incarnation has taken its place.
 */
const refusalOf = ({ status, detail: message }: CallFailure): Refusal => ({
  status: status === 'PERMISSION_DENIED' ? status : 'UNAVAILABLE',
  message,
});
