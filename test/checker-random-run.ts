import type { CallContent, CallOutcome, HistoryContent, HistoryRecord } from '../bank/history.ts';
import type { EventIdentity, Interface } from '../bank/scenario.ts';
import { writeDrafts } from './checker-drafts.ts';
import type { Draft, Message } from './checker-drafts.ts';
import { randomFrom } from './checker-records.ts';

/** What a random run is made of. */
export interface Shape {
  readonly branches: number;
  readonly visits: number;
  readonly events: number;
  /** Customers act at the same time instead of one by one. */
  readonly overlapping: boolean;
  /** Every customer is in the run and learns what became of each event. */
  readonly calm?: true;
}

type Fate = 'answered' | 'missing' | 'unknown' | 'unknown but applied';

/** An operation of a customer, with the moment at which it meets the account. */
interface Act {
  readonly visit: number;
  readonly branch: number;
  readonly position: number;
  readonly interface: Interface;
  readonly money: number;
  readonly fate: Fate;
  readonly outside: boolean;
  readonly begin: number;
  readonly point: number;
  readonly end: number;
}

const initialBalance = 400;

/** A history as a right bank could have written it, different for each seed. */
export function randomRun(seed: number, shape: Shape): HistoryRecord[] {
  return new RandomRun(randomFrom(seed), shape).records();
}

class RandomRun {
  readonly #random: () => number;
  readonly #shape: Shape;
  readonly #drafts: Draft[] = [];
  #balance = initialBalance;
  #version = 0;
  /** When each branch may record its next update, and what it has not applied yet. */
  readonly #replicas: {
    free: number;
    pending: ((until: number) => void) | undefined;
    version: number;
    balance: number;
  }[];
  /** The customer of each visit, which is also its branch. */
  readonly #customers: number[] = [];
  readonly #transactions = new Map<number, number>();

  constructor(random: () => number, shape: Shape) {
    this.#random = random;
    this.#shape = shape;
    this.#replicas = Array.from({ length: shape.branches }, () => ({
      free: 0,
      pending: undefined,
      version: 0,
      balance: initialBalance,
    }));
  }

  records(): HistoryRecord[] {
    const acts = this.#acts();
    this.#start();
    for (const act of acts.toSorted((one, other) => one.point - other.point)) this.#perform(act);
    this.#end(1 + Math.max(0, ...acts.map(({ end, point }) => Math.max(end, point))));
    return writeDrafts(this.#drafts);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #between(from: number, to: number): number {
    return from + (to - from) * (0.05 + 0.9 * this.#random());
  }

  #acts(): Act[] {
    let now = 1;
    return Array.from({ length: this.#shape.visits }, (_, index) => {
      if (this.#shape.overlapping) now = 1 + this.#random() * 2;
      const branch = 1 + this.#below(this.#shape.branches);
      this.#customers.push(branch);
      return Array.from({ length: this.#shape.events }, (_, position) => {
        const begin = now + 0.1 * this.#random();
        const end = begin + 0.2 + this.#random();
        now = end;
        return this.#act({ visit: index + 1, branch, position: position + 1, begin, end });
      });
    }).flat();
  }

  #act(place: Pick<Act, 'visit' | 'branch' | 'position' | 'begin' | 'end'>): Act {
    const { begin, end } = place;
    const name = (['query', 'query', 'deposit', 'withdraw'] as const)[this.#below(4)] ?? 'query';
    const fates: readonly Fate[] = ['missing', 'unknown', 'unknown but applied'];
    const { calm } = this.#shape;
    const fate = !calm && this.#below(8) === 0 ? (fates[this.#below(3)] ?? 'answered') : 'answered';
    const late = fate === 'unknown but applied' && name !== 'query' ? this.#random() : 0;
    return {
      ...place,
      interface: name,
      money: name === 'query' ? 0 : 1 + this.#below(6) * 50,
      fate: name === 'query' && fate !== 'answered' ? 'unknown' : fate,
      outside: !calm && this.#below(12) === 0,
      point: this.#between(begin, end) + late,
    };
  }

  #say(time: number, process: string, content: HistoryContent, reborn?: true): void {
    this.#drafts.push({ time, process, content, ...(reborn ? { reborn } : {}) });
  }

  #start(): void {
    const { branches, visits, events } = this.#shape;
    this.#say(0, 'supervisor', {
      kind: 'run',
      version: 1,
      runId: 'random',
      input: 'random.json',
      versions: { tally: '0', node: '0', engine: 'none' },
      branches: Array.from({ length: branches }, (_, index) => ({
        id: index + 1,
        process: `branch-${index + 1}`,
        balance: initialBalance,
      })),
      visits: Array.from({ length: visits }, (_, index) => ({
        entry: index + 1,
        process: `visit-${index + 1}`,
        customer: this.#customers[index] ?? 1,
        events,
      })),
    });
    for (let id = 1; id <= branches; id += 1)
      this.#say(0.1, `branch-${id}`, { kind: 'replay', version: 0, balance: initialBalance });
  }

  /** The account meets the operation; everything that this leads to is written down. */
  #perform(act: Act): void {
    const { interface: name, money, fate } = act;
    if (name === 'query') {
      const told = { balance: this.#balance, version: this.#version };
      this.#talk(act, fate === 'unknown' ? undefined : told);
    } else if (name === 'withdraw' && money > this.#balance) {
      this.#say(act.point, `branch-${act.branch}`, {
        kind: 'refuse',
        ...eventOf(act),
        reason: 'overdraft',
      });
      this.#talk(act, fate === 'answered' ? { result: 'fail', reason: 'overdraft' } : undefined);
    } else if (fate === 'missing' || fate === 'unknown') {
      this.#replicate(act, false);
      this.#talk(
        act,
        fate === 'unknown' ? undefined : { result: 'fail', reason: 'branch-missing' },
      );
    } else {
      this.#balance += deltaOf(act);
      this.#version += 1;
      this.#replicate(act, true);
      this.#talk(
        act,
        fate === 'answered' ? { result: 'success', version: this.#version } : undefined,
      );
    }
  }

  /** The customer's side: perhaps a lost first attempt, perhaps a life that dies with the answer. */
  #talk(act: Act, told: CallOutcome | undefined): void {
    const { begin, end, point, position } = act;
    const branch = `branch-${act.branch}`;
    const visit = `visit-${act.visit}`;
    const asked: CallContent = {
      interface: act.interface,
      ...(act.outside ? {} : { event: { entry: act.visit, position }, eventId: position }),
      ...(act.interface === 'query' ? {} : { money: act.money }),
    };
    const message: Message = { from: visit, to: branch, asked, outside: act.outside, id: '' };
    const replyAt = this.#between(point, Math.max(end, point + 0.01));
    const receiveAt = this.#between(begin, point);
    this.#drafts.push({ time: receiveAt, process: branch, end: 'receive', message });
    if (told) this.#drafts.push({ time: replyAt, process: branch, end: 'reply', message, told });
    if (act.outside) {
      this.#tellOutcome(act, end, undefined);
      return;
    }
    const heard = told ?? { status: 'DEADLINE_EXCEEDED' };
    const { call, heardAt } = this.#firstLife(act, message, { replyAt, told });
    this.#drafts.push({ ...call, process: visit, end: 'call', message });
    this.#drafts.push({ time: heardAt, process: visit, end: 'return', message, told: heard });
    this.#tellOutcome(act, end, told);
  }

  /**
   * Now and then a customer dies: before its query was sent, or after its update was answered, with
   * or without having told the outcome. Its next life asks again.
   */
  #firstLife(
    act: Act,
    message: Message,
    { replyAt, told }: { readonly replyAt: number; readonly told: CallOutcome | undefined },
  ): { readonly call: Pick<Draft, 'time' | 'reborn'>; readonly heardAt: number } {
    const { begin, end, visit } = act;
    const process = `visit-${visit}`;
    const usual = { call: { time: begin }, heardAt: end - 0.02 };
    if (this.#shape.calm || this.#below(8) > 0) return usual;
    if (act.interface === 'query') {
      const lost = { ...message };
      this.#drafts.push({ time: begin, process, end: 'call', message: lost });
      return { ...usual, call: { time: begin + 1e-4, reborn: true } };
    }
    if (told === undefined || replyAt > end - 0.1) return usual;
    const again = { ...message };
    const dead = this.#between(replyAt + 0.01, end - 0.06);
    if (this.#below(2) === 0) this.#tellOutcome(act, dead, told);
    const branch = `branch-${act.branch}`;
    this.#drafts.push({ time: end - 0.05, process, end: 'call', message: again, reborn: true });
    this.#drafts.push({ time: end - 0.04, process: branch, end: 'receive', message: again });
    this.#drafts.push({ time: end - 0.03, process: branch, end: 'reply', message: again, told });
    this.#drafts.push({ time: end - 0.02, process, end: 'return', message: again, told });
    return { call: { time: begin }, heardAt: dead - 1e-6 };
  }

  #tellOutcome(act: Act, end: number, told: CallOutcome | undefined): void {
    const { interface: name, money, visit, position } = act;
    const event = { entry: visit, position };
    const asked = {
      event,
      eventId: position,
      interface: name,
      ...(name === 'query' ? {} : { money }),
    };
    if (act.outside) {
      // The visit's own event in this place is a query that got no answer.
      const idle = { event, eventId: position, interface: 'query' } as const;
      this.#say(end, `visit-${visit}`, { kind: 'outcome', ...idle, result: 'unknown' });
      return;
    }
    const { result, reason, balance, version } = told ?? {};
    this.#say(end, `visit-${visit}`, {
      kind: 'outcome',
      ...asked,
      result: told ? (result ?? 'balance') : 'unknown',
      ...(reason === undefined ? {} : { reason }),
      ...(balance === undefined ? {} : { balance }),
      ...(version === undefined ? {} : { version }),
    });
  }

  /** The branches' side of an update: recorded everywhere, decided at its origin, applied or not. */
  #replicate(act: Act, committed: boolean): void {
    const n = (this.#transactions.get(act.branch) ?? 0) + 1;
    this.#transactions.set(act.branch, n);
    const tx = `${act.branch}.${n}`;
    const delta = deltaOf(act);
    const version = this.#version + (committed ? 0 : 1);
    const update = { tx, version, delta, ...eventOf(act) };
    const free = Math.max(act.begin, ...this.#replicas.map((replica) => replica.free));
    for (const [index, replica] of this.#replicas.entries()) {
      const own = index + 1 === act.branch;
      // A fellow that was missing has nothing to drop.
      if (!committed && !own && this.#below(2) === 0) continue;
      const process = `branch-${index + 1}`;
      const prepareAt = this.#between(Math.min(free, act.point), act.point);
      replica.pending?.(prepareAt);
      this.#say(prepareAt, process, { kind: 'prepare', origin: act.branch, ...update });
      const decision = committed ? 'committed' : 'aborted';
      // A crash may take the line of the decision along with that of the application.
      const crash = committed ? this.#below(12) : 2;
      if (own && crash > 0) this.#say(act.point, process, { kind: 'decide', tx, decision });
      const become = (time: number): void => {
        if (committed) this.#apply(index, { time, crash }, update);
        else this.#say(time, process, { kind: 'drop', tx });
      };
      replica.pending = undefined;
      if (own) become(act.point + 1e-6);
      else {
        const decided = act.point + 2e-6;
        replica.pending = (until) => become(this.#between(decided, Math.max(until, decided)));
      }
      replica.free = act.point + 3e-6;
    }
    for (const replica of this.#replicas) replica.free = act.point + 3e-6;
  }

  /** The application, or a crash (0) that takes its line along, or one right behind it (1). */
  #apply(
    index: number,
    { time, crash }: { readonly time: number; readonly crash: number },
    update: { readonly tx: string; readonly version: number; readonly delta: number },
  ): void {
    const replica = this.#replicas[index];
    if (replica === undefined) return;
    replica.version = update.version;
    replica.balance += update.delta;
    const { version, balance } = replica;
    const process = `branch-${index + 1}`;
    if (crash > 0) this.#say(time, process, { kind: 'apply', ...update, balance });
    if (crash <= 1) this.#say(time + 1e-7, process, { kind: 'replay', version, balance }, true);
  }

  #end(time: number): void {
    for (const replica of this.#replicas) replica.pending?.(time);
    for (const [index, { version, balance }] of this.#replicas.entries()) {
      const subject = `branch-${index + 1}`;
      this.#say(time + 1, 'supervisor', { kind: 'settled', subject, version, balance });
      this.#say(time + 2, 'supervisor', { kind: 'stop', subject });
    }
    this.#say(time + 3, 'supervisor', { kind: 'end', exitCode: 0, reason: 'served' });
  }
}

function deltaOf({ interface: name, money }: Pick<Act, 'interface' | 'money'>): number {
  return name === 'deposit' ? money : -money;
}

function eventOf({ outside, visit, position }: Act): { readonly event?: EventIdentity } {
  return outside ? {} : { event: { entry: visit, position } };
}
