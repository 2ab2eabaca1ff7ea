import type { CallContent, CallOutcome, HistoryContent } from '../bank/history.ts';
import type { Interface } from '../bank/scenario.ts';

/** Takes one line of a history, with its newline. */
type TakeLine = (line: string) => void;

const initialBalance = 400;
const branches = [1, 2, 3];
const eventsPerVisit = 100_000;

/** Writes the history of a long run of three branches, in which every tenth event is an update. */
export function writeLongRun(events: number, take: TakeLine): void {
  new LongRun(take).write(events);
}

class LongRun {
  readonly #take: TakeLine;
  readonly #messages = new Map<string, number>();
  readonly #transactions = new Map<number, number>();
  /** What each branch applies only when it hears of the next update. */
  readonly #pending = new Map<number, () => void>();
  #clock = 0;
  #balance = initialBalance;
  #version = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  write(events: number): void {
    const visits = Array.from({ length: Math.ceil(events / eventsPerVisit) }, (_, index) => ({
      entry: index + 1,
      process: `visit-${index + 1}`,
      customer: branches[index % branches.length] ?? 1,
      events: Math.min(eventsPerVisit, events - index * eventsPerVisit),
    }));
    this.#begin(visits);
    for (const visit of visits) {
      for (let position = 1; position <= visit.events; position += 1)
        this.#event(visit.entry, visit.customer, position);
    }
    this.#end();
  }

  #say(process: string, content: HistoryContent): void {
    this.#clock += 1;
    const wall = 1_760_000_000_000 + this.#clock / 50;
    const stamp = { process, life: 0, wall, mono: this.#clock * 20, clock: this.#clock };
    this.#take(`${JSON.stringify({ ...stamp, ...content })}\n`);
  }

  #begin(visits: Extract<HistoryContent, { kind: 'run' }>['visits']): void {
    this.#say('supervisor', {
      kind: 'run',
      version: 1,
      runId: 'long',
      input: 'long.json',
      versions: { tally: '0', node: process.version, engine: 'none' },
      branches: branches.map((id) => ({ id, process: nameOf(id), balance: initialBalance })),
      visits,
    });
    for (const id of branches)
      this.#say(nameOf(id), { kind: 'replay', version: 0, balance: initialBalance });
  }

  #end(): void {
    for (const apply of this.#pending.values()) apply();
    const state = { version: this.#version, balance: this.#balance };
    for (const id of branches)
      this.#say('supervisor', { kind: 'settled', subject: nameOf(id), ...state });
    for (const id of branches) this.#say('supervisor', { kind: 'stop', subject: nameOf(id) });
    this.#say('supervisor', { kind: 'end', exitCode: 0, reason: 'served' });
  }

  #event(entry: number, branch: number, position: number): void {
    const event = { entry, position };
    const customer = `visit-${entry}`;
    const names = ['deposit', 'withdraw'] as const;
    const name: Interface =
      position % 10 === 0 ? (names[(position / 10) % 2] ?? 'deposit') : 'query';
    const asked = { interface: name, event, ...(name === 'query' ? {} : { money: 10 }) };
    const message = this.#request(customer, nameOf(branch), { ...asked, eventId: position });
    if (name !== 'query') this.#update(branch, name === 'deposit' ? 10 : -10, asked);
    const version = this.#version;
    const told = name === 'query' ? { balance: this.#balance, version } : { version };
    const result = name === 'query' ? 'balance' : 'success';
    const heard: CallOutcome = name === 'query' ? told : { result: 'success', version };
    this.#answer({ message, from: customer, to: nameOf(branch), name }, heard);
    this.#say(customer, { kind: 'outcome', eventId: position, ...asked, ...told, result });
  }

  #request(from: string, to: string, asked: CallContent): string {
    const number = (this.#messages.get(from) ?? 0) + 1;
    this.#messages.set(from, number);
    const message = `${from}/0/${number}`;
    this.#say(from, { kind: 'call', message, to, attempt: 1, ...asked });
    this.#say(to, { kind: 'receive', message, from, ...asked });
    return message;
  }

  #answer(
    call: { message: string; from: string; to: string; name: CallContent['interface'] },
    told: CallOutcome,
  ): void {
    const { message, from, to, name } = call;
    this.#say(to, { kind: 'reply', message, interface: name, to: from, ...told });
    this.#say(from, { kind: 'return', message, interface: name, from: to, ...told });
  }

  #update(origin: number, delta: number, asked: CallContent): void {
    const number = (this.#transactions.get(origin) ?? 0) + 1;
    this.#transactions.set(origin, number);
    this.#version += 1;
    this.#balance += delta;
    const { event, money = 0 } = asked;
    const tx = `${origin}.${number}`;
    const update = { tx, version: this.#version, delta, ...(event ? { event } : {}) };
    const applied = { kind: 'apply', ...update, balance: this.#balance } as const;
    for (const id of branches) {
      this.#pending.get(id)?.();
      this.#pending.delete(id);
      const name = delta > 0 ? 'propagate_deposit' : 'propagate_withdraw';
      const content = { interface: name, money, tx, version: this.#version } as const;
      const call = { from: nameOf(origin), to: nameOf(id), name } as const;
      const message = id === origin ? '' : this.#request(call.from, call.to, content);
      this.#say(nameOf(id), { kind: 'prepare', origin, ...update });
      if (id === origin) continue;
      this.#answer({ ...call, message }, { result: 'success' });
      this.#pending.set(id, () => this.#say(nameOf(id), applied));
    }
    this.#say(nameOf(origin), { kind: 'decide', tx, decision: 'committed' });
    this.#say(nameOf(origin), applied);
  }
}

function nameOf(id: number): string {
  return `branch-${id}`;
}
