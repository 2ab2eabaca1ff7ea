import type { Effect, Input } from '../../branch/protocol.ts';
import { encodeRecord } from '../../branch/record.ts';
import type { Action, Crash, Mail } from './action.ts';
import { type Customer, ask, hear, newCustomer, nextEvent } from './customer.ts';
import type { Plan } from './plan.ts';
import { check, checkRefusal } from './check.ts';
import { Judge, Violation } from './judge.ts';
import {
  endOld,
  lookUp,
  lose,
  oldProcess,
  placeOf,
  processOf,
  receiverOf,
  startElsewhere,
} from './loss.ts';
import {
  type Message,
  type Outcome,
  type RequestMessage,
  type ReturnPath,
  outcomeName,
  partyName,
  processName,
  settleRequest,
} from './message.ts';
import {
  type Node,
  type ReplicaClass,
  append,
  copyNode,
  die,
  letter,
  newNodes,
  replayed,
} from './node.ts';

interface State {
  readonly nodes: readonly Node[];
  readonly ghosts: readonly Node[];
  readonly buried: readonly Node[];
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
  /** The latest process of each branch, in the order of their ids. */
  readonly nodes: Node[];
  /** Processes of branches that were given up and live on. */
  ghosts: Node[];
  /** Processes that were given up and are dead: they never change again. */
  readonly buried: Node[];
  readonly customers: Customer[];
  readonly judge: Judge;
  network: Message[];
  /** Why a branch refused to recover its ledger: then the run is over. */
  refused: string | undefined;
  /** What the supervisor was told, by branch. */
  readonly settled = new Map<number, string>();
  /** The effects of the last step at a branch: a crash may strike between any two. */
  lastEffects: readonly Effect[] = [];
  /** Places in `nodes` that are still shared with another copy of the world. */
  readonly #shared: Set<number>;

  private constructor(state: State, shared: readonly number[]) {
    const { nodes, ghosts, buried, customers, network, judge } = state;
    this.nodes = [...nodes];
    this.ghosts = ghosts.map(copyNode);
    this.buried = [...buried];
    this.customers = customers.map((customer) => ({ ...customer }));
    this.network = [...network];
    this.judge = judge;
    this.#shared = new Set(shared);
  }

  /** All branches are up, and no customer has asked anything yet. */
  static begin(plan: Plan, replicaClass: ReplicaClass): World {
    const nodes = newNodes(plan, replicaClass);
    const planned = plan.customers.map((customer, place) => newCustomer(place + 1, customer));
    const judge = new Judge(plan.balance);
    const empty = { ghosts: [], buried: [], network: [] };
    const world = new World({ nodes, customers: planned, judge, ...empty }, []);
    for (const { settings } of nodes) world.perform({ do: 'restart', branch: settings.id });
    return world;
  }

  /** A world that goes its own way from here. */
  copy(): World {
    const judge = new Judge(this.judge.initial, this.judge);
    const { nodes, ghosts, buried, customers, network } = this;
    const state = { nodes, ghosts, buried, customers, network, judge };
    const copy = new World(state, [...nodes.keys()]);
    copy.refused = this.refused;
    return copy;
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
    if (done) check(this);
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
        return this.#wake(this.#meant(action), Infinity, action);
      case 'leap':
        return this.#wake(this.#meant(action), action.ms, action);
      case 'crash':
        return this.#crash(this.#meant(action));
      case 'lose':
        return lose(this, action);
      case 'restart':
        return this.#restart(this.node(action.branch), action);
      case 'ask':
        return this.#ask(this.customers[action.customer - 1]);
      case 'give up':
        return this.#giveUp(this.customers[action.customer - 1]);
    }
  }

  #meant({ branch, old }: { readonly branch: number; readonly old?: true }): Node | undefined {
    return old === true ? oldProcess(this, branch) : this.node(branch);
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

  #deliver(message: Message, action: Extract<Action, { do: 'deliver' }>): void {
    if (message.type === 'answer') return this.#hear(message.to, message.outcome, action);
    const node = receiverOf(this, message, action.old === true);
    if (node?.replica === undefined) return this.#hear(message.from, noAnswer);
    const call = ++node.lastCall;
    node.callers.set(call, message.from);
    const { request, signature, patienceMs } = message;
    const deadline = node.now + patienceMs;
    return this.#handle(node, { type: 'request', call, request, deadline, signature }, action);
  }

  #lose(message: Message): void {
    this.#hear(message.type === 'request' ? message.from : message.to, noAnswer);
  }

  /** An answer, or that there will be none, reaches whoever asked. */
  #hear(path: ReturnPath, outcome: Outcome, crash: Crash = {}): void {
    const { party, incarnation, life, call } = path;
    if (party.kind === 'supervisor') {
      if (outcome.type === 'response') this.settled.set(call, outcomeName(outcome));
    } else if (party.kind === 'customer') {
      const customer = this.customers[party.id - 1];
      if (customer?.call === call) hear(customer, this.judge, outcome);
    } else {
      this.node(party.id);
      const node = processOf(this, party.id, incarnation);
      if (node?.life === life && node.replica) this.#handle(node, { ...outcome, call }, crash);
    }
  }

  /** Calls of a process that is gone. */
  breakOff(callers: readonly ReturnPath[]): void {
    for (const caller of callers) this.#hear(caller, noAnswer);
  }

  #handle(node: Node, input: Input, crash: Crash): void {
    const effects = node.replica?.handle(input, node.now) ?? [];
    this.#carryOut(node, effects, crash);
  }

  #carryOut(node: Node, effects: readonly Effect[], { crashAfter, torn }: Crash): void {
    for (const effect of effects.slice(0, crashAfter)) {
      this.#effect(node, effect);
      if (effect.type === 'halt') return;
    }
    this.lastEffects = effects;
    if (crashAfter === undefined) return this.#consult(node, effects);
    const next = effects[crashAfter];
    if (torn === true && next?.type === 'append') {
      const line = encodeRecord(next.record);
      node.torn = line.slice(0, line.length / 2);
    }
    this.#crash(node);
  }

  /** A branch reads the ledger of a lost one when it has done everything else. */
  #consult(node: Node, effects: readonly Effect[]): void {
    for (const effect of effects)
      if (effect.type === 'consult')
        this.#handle(node, { type: 'consulted', tx: effect.tx, word: lookUp(this, effect) }, {});
  }

  #effect(node: Node, effect: Effect): void {
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
      case 'consult':
        return undefined;
      case 'wake':
        node.wakeAt = Math.min(node.wakeAt, effect.at);
        return undefined;
      case 'halt':
        return this.#halt(node, effect.message);
    }
  }

  /** An old process may stop, and a branch that cannot recover its ledger ends the run. */
  #halt(node: Node, message: string): void {
    const { id } = node.settings;
    if (this.ghosts.includes(node)) return endOld(this, node);
    if (node.replica?.restored !== false) throw new Violation(`branch ${id} halts: ${message}`);
    checkRefusal(this, id, message);
    this.refused = message;
    return this.breakOff(die(node));
  }

  #answer(node: Node, call: number, outcome: Outcome): void {
    const to = node.callers.get(call);
    if (to === undefined) throw new Violation(`call ${call} is answered twice`);
    node.callers.delete(call);
    if (!node.leased && to.party.kind !== 'branch') return;
    const { id: branch, incarnation } = node.settings;
    const from = processName({ branch, incarnation });
    const { party } = to;
    const receiver =
      party.kind === 'branch'
        ? processName({ branch: party.id, incarnation: to.incarnation })
        : partyName(party);
    const name = `${from} > ${receiver}: ${outcomeName(outcome)} to ${to.about}`;
    this.network.push({ type: 'answer', name, to, outcome });
  }

  #wait(): boolean {
    const all = [...this.nodes, ...this.ghosts];
    const timeMs = Math.min(...all.map(({ wakeAt, now }) => wakeAt - now));
    if (timeMs === Infinity) return false;
    for (const node of [
      ...this.nodes.map(({ settings }) => this.node(settings.id)),
      ...this.ghosts,
    ]) {
      node.now += Math.max(timeMs, 0);
      if (node.wakeAt <= node.now) this.#wake(node, 0, {});
    }
    return true;
  }

  /** The clock goes on by so much; with Infinity, until the branch is to be woken. */
  #wake(node: Node | undefined, ms: number, crash: Crash): boolean {
    if (node?.replica === undefined) return false;
    const at = ms === Infinity ? node.wakeAt : node.now + ms;
    if (at === Infinity) return false;
    node.now = Math.max(node.now, at);
    node.wakeAt = Infinity;
    this.#handle(node, { type: 'time' }, crash);
    return true;
  }

  /** Requests on their way to it are not lost with it: they may arrive in its next life. */
  #crash(node: Node | undefined): boolean {
    if (node?.replica === undefined) return false;
    if (this.ghosts.includes(node)) endOld(this, node);
    else this.breakOff(die(node));
    return true;
  }

  #restart(node: Node, crash: Crash): boolean {
    if (node.replica !== undefined) return false;
    if (node.lines.length === 0) startElsewhere(this, node);
    const replica = replayed(node);
    node.torn = '';
    node.replica = replica;
    this.#carryOut(node, replica.recovered(node.now), crash);
    return true;
  }

  #ask(customer: Customer | undefined): boolean {
    const request = customer && ask(customer, this.judge);
    if (request) this.#send(request);
    return request !== undefined;
  }

  /** A customer and the supervisor know where a branch is to be found today. */
  #send(request: RequestMessage): void {
    this.network.push({ ...request, place: placeOf(this, request.to) });
  }

  #giveUp(customer: Customer | undefined): boolean {
    if (customer === undefined || customer.attempts === 0) return false;
    nextEvent(customer);
    return true;
  }

  /** The supervisor asks a branch to settle. */
  settle(branch: number): void {
    this.settled.delete(branch);
    this.#send(settleRequest(branch));
  }
}
