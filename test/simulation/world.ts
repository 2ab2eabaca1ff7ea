import type { Effect, Input } from '../../branch/protocol.ts';
import { encodeRecord } from '../../branch/record.ts';
import type { Action, Crash, Mail } from './action.ts';
import { type Customer, type CustomerPlan, ask, hear, newCustomer, nextEvent } from './customer.ts';
import { Judge, Violation } from './judge.ts';
import { type Message, type Outcome, type ReturnPath, outcomeName, partyName } from './message.ts';
import {
  type Node,
  type ReplicaClass,
  append,
  copyNode,
  die,
  holdsForeign,
  letter,
  newNode,
  replayed,
} from './node.ts';

export interface Plan {
  readonly branches: number;
  readonly balance: number;
  readonly customers: readonly CustomerPlan[];
}

interface State {
  readonly nodes: readonly Node[];
  readonly customers: readonly Customer[];
  readonly network: readonly Message[];
  readonly judge: Judge;
}

/** What a caller learns when its message is lost or the other side dies. */
const noAnswer: Outcome = {
  type: 'failure',
  refusal: { status: 'UNAVAILABLE', message: 'no answer' },
};

/** A whole bank: branches with their ledgers, customers, and the messages between them. */
export class World {
  readonly nodes: Node[];
  readonly customers: Customer[];
  readonly judge: Judge;
  network: Message[];
  /** What the supervisor was told, by branch. */
  readonly settled = new Map<number, string>();
  /** The effects of the last step at a branch: a crash may strike between any two. */
  lastEffects: readonly Effect[] = [];
  /** Places in `nodes` that are still shared with another copy of the world. */
  readonly #shared: Set<number>;

  private constructor({ nodes, customers, network, judge }: State, shared: readonly number[]) {
    this.nodes = [...nodes];
    this.customers = customers.map((customer) => ({ ...customer }));
    this.network = [...network];
    this.judge = judge;
    this.#shared = new Set(shared);
  }

  /** All branches are up, and no customer has asked anything yet. */
  static begin({ branches, balance, customers }: Plan, replicaClass: ReplicaClass): World {
    const ids = Array.from({ length: branches }, (_, place) => place + 1);
    const nodes = ids.map((id) => {
      const peers = ids.filter((peer) => peer !== id);
      return newNode({ runId: 'simulation', id, peers, balance, updateMs: 5_000 }, replicaClass);
    });
    const planned = customers.map((customer, place) => newCustomer(place + 1, customer));
    const judge = new Judge(balance);
    const world = new World({ nodes, customers: planned, network: [], judge }, []);
    for (const branch of ids) world.perform({ do: 'restart', branch });
    return world;
  }

  /** A world that goes its own way from here. */
  copy(): World {
    const judge = new Judge(this.judge.initial, this.judge);
    const { nodes, customers, network } = this;
    return new World({ nodes, customers, network, judge }, [...nodes.keys()]);
  }

  /** How a schedule refers to a message. */
  mail(message: Message): Mail {
    const same = this.network.filter(({ name }) => name === message.name);
    return { message: message.name, place: same.indexOf(message) };
  }

  node(id: number): Node {
    const place = id - 1;
    const node = this.nodes[place];
    if (node === undefined) throw new Error(`there is no branch ${id}`);
    if (!this.#shared.delete(place)) return node;
    const copy = copyNode(node);
    this.nodes[place] = copy;
    return copy;
  }

  /** Does one step. Returns false, and changes nothing, when it is not possible now. */
  perform(action: Action): boolean {
    this.lastEffects = [];
    const done = this.#act(action);
    if (done) this.#check();
    return done;
  }

  #act(action: Action): boolean {
    switch (action.do) {
      case 'deliver':
        return this.#take(action, (message) => this.#deliver(message, action));
      case 'drop':
        return this.#take(action, (message) => this.#lose(message));
      case 'duplicate':
        return this.#take(action, (message) => this.network.push(message, message));
      case 'wait':
        return this.#wait();
      case 'tick':
        return this.#wake(this.node(action.branch), this.node(action.branch).wakeAt, action);
      case 'leap':
        return this.#wake(
          this.node(action.branch),
          this.node(action.branch).now + action.ms,
          action,
        );
      case 'crash':
        return this.#crash(this.node(action.branch));
      case 'restart':
        return this.#restart(this.node(action.branch), action);
      case 'ask':
        return this.#ask(this.customers[action.customer - 1]);
      case 'give up':
        return this.#giveUp(this.customers[action.customer - 1]);
    }
  }

  #take(mail: Mail, use: (message: Message) => void): boolean {
    const same = this.network.filter(({ name }) => name === mail.message);
    const message = same[mail.place ?? 0] ?? same[0];
    if (message === undefined) return false;
    const place = this.network.indexOf(message);
    this.network.splice(place, 1);
    use(message);
    return true;
  }

  #deliver(message: Message, crash: Crash): void {
    if (message.type === 'answer') return this.#hear(message.to, message.outcome, crash);
    const node = this.node(message.to);
    if (node.replica === undefined) return this.#hear(message.from, noAnswer);
    const call = ++node.lastCall;
    node.callers.set(call, message.from);
    const { request, patienceMs } = message;
    const deadline = node.now + patienceMs;
    return this.#handle(node, { type: 'request', call, request, deadline }, crash);
  }

  #lose(message: Message): void {
    this.#hear(message.type === 'request' ? message.from : message.to, noAnswer);
  }

  /** An answer, or that there will be none, reaches whoever asked. */
  #hear({ party, life, call }: ReturnPath, outcome: Outcome, crash: Crash = {}): void {
    if (party.kind === 'supervisor') {
      if (outcome.type === 'response') this.settled.set(call, outcomeName(outcome));
    } else if (party.kind === 'customer') {
      const customer = this.customers[party.id - 1];
      if (customer?.call === call) hear(customer, this.judge, outcome);
    } else {
      const node = this.node(party.id);
      if (node.life === life && node.replica) this.#handle(node, { ...outcome, call }, crash);
    }
  }

  #handle(node: Node, input: Input, crash: Crash): void {
    const effects = node.replica?.handle(input, node.now) ?? [];
    this.#carryOut(node, effects, crash);
  }

  #carryOut(node: Node, effects: readonly Effect[], { crashAfter, torn }: Crash): void {
    for (const effect of effects.slice(0, crashAfter)) this.#effect(node, effect);
    this.lastEffects = effects;
    if (crashAfter === undefined) return;
    const next = effects[crashAfter];
    if (torn === true && next?.type === 'append') {
      const line = encodeRecord(next.record);
      node.torn = line.slice(0, line.length / 2);
    }
    this.#crash(node);
  }

  #effect(node: Node, effect: Effect): void {
    const { id } = node.settings;
    switch (effect.type) {
      case 'append':
        return append(node, effect.record, this.judge);
      case 'reply':
        return this.#answer(node, effect.call, { type: 'response', response: effect.response });
      case 'refuse':
        return this.#answer(node, effect.call, { type: 'failure', refusal: effect.refusal });
      case 'send':
        this.network.push(letter(node, effect));
        return undefined;
      case 'wake':
        node.wakeAt = Math.min(node.wakeAt, effect.at);
        return undefined;
      case 'halt':
        throw new Violation(`branch ${id} halts: ${effect.message}`);
    }
  }

  #answer(node: Node, call: number, outcome: Outcome): void {
    const to = node.callers.get(call);
    if (to === undefined) throw new Violation(`call ${call} is answered twice`);
    node.callers.delete(call);
    const from = `branch ${node.settings.id}`;
    const name = `${from} > ${partyName(to.party)}: ${outcomeName(outcome)} to ${to.about}`;
    this.network.push({ type: 'answer', name, to, outcome });
  }

  #wait(): boolean {
    const timeMs = Math.min(...this.nodes.map(({ wakeAt, now }) => wakeAt - now));
    if (timeMs === Infinity) return false;
    for (const { settings } of this.nodes) {
      const node = this.node(settings.id);
      node.now += Math.max(timeMs, 0);
      if (node.wakeAt <= node.now) this.#wake(node, node.now, {});
    }
    return true;
  }

  #wake(node: Node, at: number, crash: Crash): boolean {
    if (node.replica === undefined || at === Infinity) return false;
    node.now = Math.max(node.now, at);
    node.wakeAt = Infinity;
    this.#handle(node, { type: 'time' }, crash);
    return true;
  }

  /** Requests on their way to it are not lost with it: they may arrive in its next life. */
  #crash(node: Node): boolean {
    if (node.replica === undefined) return false;
    for (const caller of die(node)) this.#hear(caller, noAnswer);
    return true;
  }

  #restart(node: Node, crash: Crash): boolean {
    if (node.replica !== undefined) return false;
    const replica = replayed(node);
    node.torn = '';
    node.replica = replica;
    this.#carryOut(node, replica.recovered(node.now), crash);
    return true;
  }

  #ask(customer: Customer | undefined): boolean {
    const request = customer && ask(customer, this.judge);
    if (request) this.network.push(request);
    return request !== undefined;
  }

  #giveUp(customer: Customer | undefined): boolean {
    if (customer === undefined || customer.attempts === 0) return false;
    nextEvent(customer);
    return true;
  }

  /** The supervisor asks a branch to settle. */
  settle(branch: number): void {
    this.settled.delete(branch);
    const from = {
      party: { kind: 'supervisor', id: 0 },
      life: 0,
      call: branch,
      about: 'settle',
    } as const;
    const name = `supervisor > branch ${branch}: settle`;
    const request = { interface: 'settle' } as const;
    this.network.push({ type: 'request', name, to: branch, from, request, patienceMs: 10_000 });
  }

  /** What must hold after every step. */
  #check(): void {
    for (const node of this.nodes) {
      const { replica, commits, settings } = node;
      if (replica === undefined) continue;
      const { balance, version } = replica;
      const where = `branch ${settings.id} is at ${balance}@${version}`;
      if (version !== commits) throw new Violation(`${where}, its ledger at version ${commits}`);
      if (balance !== this.judge.balanceAt(version)) throw new Violation(`${where}: wrong balance`);
      if (!holdsForeign(node) && version < this.judge.floor)
        throw new Violation(`${where} and would answer a query, but ${this.judge.floor} is known`);
    }
  }
}
