import { setTimeout as pause } from 'node:timers/promises';
import type { CallContent } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import type { EventResult } from '../bank/result.ts';
import type { Event } from '../bank/scenario.ts';
import type { BranchAddress, Topology, VisitOrder } from '../bank/topology.ts';
import type { HistoryWriter } from '../process/history.ts';
import { BranchStub, routeTo, type Access } from '../rpc/client.ts';
import type { BranchCalls } from '../rpc/service.ts';
import { describeFailure, isDefinite, type CallResult } from '../rpc/status.ts';
import { outcomeOf, queryAnswer, updateAnswer, updateCall, type Answer } from './answer.ts';

/** What a customer knows of its run. */
export interface CustomerContext {
  readonly topology: Topology;
  /** What lets it in at its branch. */
  readonly access: Access;
  /** The process's name in the history: "visit-3". */
  readonly process: string;
  readonly history: HistoryWriter | undefined;
}

/** What the customer is to do. It takes the events off one by one: a long visit holds ever less. */
export interface CustomerOrder extends VisitOrder {
  readonly events: Event[];
}

/** What every attempt at one event has in common, and which attempt this is. */
interface Attempt {
  readonly event: Event;
  readonly position: number;
  readonly deadline: number;
  readonly attempt: number;
}

type Identified = BranchCalls['Query']['request'];

/** A customer with its events, all of them for the branch that has the customer's own id. */
export class Customer {
  private readonly order: CustomerOrder;
  private readonly context: CustomerContext;
  private branch: BranchAddress;
  private stub: BranchStub;

  constructor(order: CustomerOrder, context: CustomerContext) {
    this.order = order;
    this.context = context;
    this.branch = ownBranch(order, context.topology);
    this.stub = this.createStub();
  }

  /** A stub of the branch with the customer's own id; a customer talks to no other. */
  createStub(): BranchStub {
    return new BranchStub(routeTo(this.branch, this.context.access));
  }

  /** A branch has a new place. If it is the customer's own, it is asked there again. */
  moved(address: BranchAddress): void {
    if (address.id !== this.branch.id) return;
    this.branch = address;
    this.stub.close();
    this.stub = this.createStub();
  }

  /** Calls the branch before it is this customer's turn, and says nothing yet. */
  connect(): void {
    this.stub.connect();
  }

  /**
   * Executes the events one by one, in their order, and yields what was received for each. Hangs up
   * in the end.
   * @param done how many of them were answered in an earlier life of this process
   */
  async *executeEvents(done: number): AsyncGenerator<EventResult> {
    const { paceMs } = this.context.topology;
    const { events } = this.order;
    let position = done;
    events.splice(0, done);
    // The next one comes last, because only there taking one off is cheap.
    events.reverse();
    for (let event = events.pop(); event !== undefined; event = events.pop()) {
      if (position > 0 && paceMs > 0) await pause(paceMs);
      position += 1;
      const answer = await this.ask(event, position);
      this.recordOutcome(event, position, answer);
      this.context.history?.flush();
      yield { position, id: event.id, interface: event.interface, ...answer };
    }
    this.stub.close();
  }

  /** Asks until there is an answer or the time is up, always with the same event identity. */
  private async ask(event: Event, position: number): Promise<Answer> {
    const deadline = Date.now() + this.context.topology.deadlines.customerCallMs;
    let waitMs: number = limits.retryFirstMs;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.attempt({ event, position, deadline, attempt });
      if (result.ok) return result.response;
      if (isDefinite(result.failure) || Date.now() + waitMs >= deadline) {
        const detail = describeFailure(this.branch.process, event.interface, result.failure);
        return { result: 'unknown', detail };
      }
      await pause(waitMs);
      waitMs = Math.min(waitMs * 2, limits.retryLongestMs);
    }
  }

  private async attempt(attempt: Attempt): Promise<CallResult<Answer>> {
    const { history } = this.context;
    const message = history?.nextMessage() ?? '';
    if (history) this.recordCall(message, attempt);
    const result = await this.submit(attempt, this.identify(message, attempt.position));
    history?.write({
      kind: 'return',
      message,
      interface: attempt.event.interface,
      from: this.branch.process,
      ...outcomeOf(result),
    });
    return result;
  }

  private async submit(
    { event, deadline }: Attempt,
    request: Identified,
  ): Promise<CallResult<Answer>> {
    if (event.interface === 'query') {
      const result = await this.stub.call('Query', request, deadline);
      if (result.ok) this.context.history?.meet(result.response.clock);
      return queryAnswer(result);
    }
    // The other way round V8 would make a new hidden class for each request.
    const update = { money: event.money, ...request };
    const result = await this.stub.call(updateCall[event.interface], update, deadline);
    if (result.ok) this.context.history?.meet(result.response.clock);
    return updateAnswer(result);
  }

  private identify(message: string, position: number): Identified {
    const { process, topology, history } = this.context;
    return {
      envelope: { run_id: topology.runId, sender: process, message, clock: history?.clock ?? 0 },
      event: { entry: this.order.entry, position },
    };
  }

  private recordCall(message: string, { event, position, attempt }: Attempt): void {
    const content = this.contentOf(event, position);
    this.context.history?.write({
      kind: 'call',
      message,
      to: this.branch.process,
      attempt,
      ...content,
    });
    this.context.history?.flush();
  }

  private recordOutcome(event: Event, position: number, answer: Answer): void {
    const { result, balance, version, reason } = answer;
    this.context.history?.write({
      kind: 'outcome',
      event: { entry: this.order.entry, position },
      eventId: event.id,
      interface: event.interface,
      money: event.interface === 'query' ? undefined : event.money,
      result,
      balance,
      version,
      reason,
    });
  }

  private contentOf(event: Event, position: number): CallContent {
    return {
      interface: event.interface,
      event: { entry: this.order.entry, position },
      eventId: event.id,
      money: event.interface === 'query' ? undefined : event.money,
    };
  }
}

function ownBranch({ customer, entry }: VisitOrder, { branches }: Topology): BranchAddress {
  const branch = branches.find(({ id }) => id === customer);
  if (branch === undefined)
    throw new Error(`customer ${customer} of entry ${entry} has no branch ${customer} in this run`);
  return branch;
}
