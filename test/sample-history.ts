import type { CallContent, CallOutcome, HistoryContent, HistoryRecord } from '../bank/history.ts';
import type { EventIdentity } from '../bank/scenario.ts';

export interface Sample {
  readonly branches: number;
  /** Customer of each visit, in order. */
  readonly visits: readonly number[];
  readonly eventsPerVisit: number;
  /** Branch 2 is killed at its second update and started again. */
  readonly crash?: boolean;
}

/**
 * Writes the history of a run as the processes would, from a fixed sequence of pseudo-random
 * times: for tests that need sizes and faults that no real run has at hand.
 */
export function* sampleHistory(sample: Sample): Generator<HistoryRecord> {
  yield* new SampleRun(sample).records();
}

const first = { wall: 1_760_000_000_000, mono: 5_000_000_000 };

class SampleRun {
  readonly #sample: Sample;
  #now = 0;
  #seed = 1;
  #balance = 400;
  #version = 0;
  #records: HistoryRecord[] = [];
  #clock = 0;
  readonly #messages = new Map<string, number>();
  readonly #lives = new Map<string, number>();

  constructor(sample: Sample) {
    this.#sample = sample;
  }

  *records(): Generator<HistoryRecord> {
    this.#begin();
    for (let entry = 1; entry <= this.#sample.visits.length; entry += 1) {
      this.#visit(entry);
      yield* this.#taken();
    }
    this.#end();
    yield* this.#taken();
  }

  #taken(): HistoryRecord[] {
    const taken = this.#records.toSorted((a, b) => a.mono - b.mono);
    this.#records = [];
    return taken;
  }

  #branchIds(): number[] {
    return Array.from({ length: this.#sample.branches }, (_, index) => index + 1);
  }

  #begin(): void {
    this.#write('supervisor', {
      kind: 'run',
      version: 1,
      runId: 'sample',
      input: 'inputs/sample.json',
      versions: { tally: '0.1.0', node: '20.20.2', engine: 'pm2 7.0.4' },
      branches: this.#branchIds().map((id) => ({ id, process: `branch-${id}`, balance: 400 })),
      visits: this.#sample.visits.map((customer, index) => ({
        entry: index + 1,
        process: `visit-${index + 1}`,
        customer,
        events: this.#sample.eventsPerVisit,
      })),
    });
    const start = this.#now;
    for (const id of this.#branchIds()) {
      this.#now = start + id * 1_500;
      this.#write('supervisor', { kind: 'start', subject: `branch-${id}` });
    }
    for (const id of this.#branchIds()) {
      this.#now = start + 90_000 + this.#random(60_000);
      this.#write('supervisor', { kind: 'online', subject: `branch-${id}`, pid: 1_000 + id });
      this.#replay(id);
      this.#now += 2_000 + this.#random(3_000);
      this.#write('supervisor', { kind: 'ready', subject: `branch-${id}` });
    }
    this.#now = start + 170_000;
  }

  #replay(id: number): void {
    const state = { version: this.#version, balance: this.#balance };
    this.#write(`branch-${id}`, { kind: 'replay', ...state });
  }

  #visit(entry: number): void {
    const process = `visit-${entry}`;
    this.#write('supervisor', { kind: 'start', subject: process });
    this.#now += 40_000 + this.#random(20_000);
    this.#write('supervisor', { kind: 'online', subject: process, pid: 2_000 + entry });
    this.#now += 30_000;
    for (let position = 1; position <= this.#sample.eventsPerVisit; position += 1)
      this.#event(entry, position);
    this.#now += 2_000;
    this.#write('supervisor', { kind: 'exit', subject: process, pid: 2_000 + entry, code: 0 });
  }

  #event(entry: number, position: number): void {
    const event = { entry, position };
    const branch = this.#sample.visits[entry - 1] ?? 1;
    const name = (['query', 'deposit', 'withdraw'] as const)[(position - 1) % 3] ?? 'query';
    const money = name === 'query' ? undefined : 10 * (1 + (entry % 7));
    const content: CallContent = {
      interface: name,
      event,
      ...(money !== undefined && { money }),
    };
    const parties = { from: `visit-${entry}`, to: `branch-${branch}` };
    const answer = this.#call(parties, content, () =>
      money === undefined
        ? { balance: this.#balance, version: this.#version }
        : this.#update(branch, name === 'deposit' ? money : -money, event),
    );
    this.#write(parties.from, {
      kind: 'outcome',
      event,
      eventId: position,
      interface: name,
      ...(money !== undefined && { money }),
      result: answer.result ?? 'balance',
      ...(answer.balance !== undefined && { balance: answer.balance }),
      ...(answer.version !== undefined && { version: answer.version }),
    });
    this.#now += 100 + this.#random(100);
  }

  /** Writes the four ends of a call around what the callee does. */
  #call(
    { from, to }: { readonly from: string; readonly to: string },
    content: CallContent,
    serve: () => CallOutcome,
  ): CallOutcome {
    const number = (this.#messages.get(from) ?? 0) + 1;
    this.#messages.set(from, number);
    const message = `${from}/${this.#lives.get(from) ?? 0}/${number}`;
    const { interface: name } = content;
    this.#write(from, { kind: 'call', message, to, attempt: 1, ...content });
    this.#now += 150 + this.#random(300);
    this.#write(to, { kind: 'receive', message, from, ...content });
    const outcome = serve();
    this.#now += 30 + this.#random(50);
    this.#write(to, { kind: 'reply', message, to: from, interface: name, ...outcome });
    this.#now += 150 + this.#random(300);
    this.#write(from, { kind: 'return', message, from: to, interface: name, ...outcome });
    return outcome;
  }

  #update(origin: number, delta: number, event: EventIdentity): CallOutcome {
    const process = `branch-${origin}`;
    this.#version += 1;
    const version = this.#version;
    const tx = `${origin}.${version}`;
    const prepared = { kind: 'prepare', tx, origin, version, delta, event } as const;
    this.#write(process, prepared);
    if (this.#sample.crash && version === 2) this.#crash(origin === 2 ? 3 : 2);
    const name = delta > 0 ? 'propagate_deposit' : 'propagate_withdraw';
    const content: CallContent = { interface: name, tx, version, money: Math.abs(delta), event };
    this.#fanOut(origin, content, (id) => this.#write(`branch-${id}`, prepared));
    this.#write(process, { kind: 'decide', tx, decision: 'committed' });
    this.#balance += delta;
    const applied = { kind: 'apply', tx, version, delta, balance: this.#balance, event } as const;
    this.#write(process, applied);
    const answered = this.#now;
    this.#fanOut(origin, { interface: 'decide', tx, decision: 'committed' }, (id) =>
      this.#write(`branch-${id}`, applied),
    );
    this.#now = answered + 50;
    return { result: 'success', version };
  }

  /** Calls all fellow branches at once; time goes on with the last of them. */
  #fanOut(origin: number, content: CallContent, at: (branch: number) => void): void {
    const start = this.#now;
    let end = start;
    for (const id of this.#branchIds()) {
      if (id === origin) continue;
      this.#now = start + 20 + id;
      this.#call({ from: `branch-${origin}`, to: `branch-${id}` }, content, () => {
        at(id);
        return { result: 'success' };
      });
      end = Math.max(end, this.#now);
    }
    this.#now = end + 20;
  }

  #crash(id: number): void {
    const subject = `branch-${id}`;
    const life = (this.#lives.get(subject) ?? 0) + 1;
    const text = `branch ${id} is killed after it received its second update`;
    this.#write(subject, { kind: 'fault', subject, fault: 'kill-branch', text });
    this.#now += 3_000;
    const how = { code: null, signal: 'SIGKILL' };
    this.#write('supervisor', { kind: 'exit', subject, pid: 1_000 + id, ...how });
    this.#now += 20_000;
    this.#write('supervisor', { kind: 'restart', subject, restarts: life });
    this.#now += 60_000;
    this.#write('supervisor', { kind: 'online', subject, pid: 3_000 + id });
    this.#lives.set(subject, life);
    this.#messages.set(subject, 0);
    const state = { version: this.#version - 1, balance: this.#balance };
    this.#write(subject, { kind: 'replay', ...state });
    this.#now += 4_000;
    this.#write('supervisor', { kind: 'ready', subject });
  }

  #end(): void {
    this.#now += 5_000;
    for (const id of this.#branchIds()) {
      const parties = { from: 'supervisor', to: `branch-${id}` };
      const state = { version: this.#version, balance: this.#balance };
      this.#call(parties, { interface: 'settle' }, () => state);
      this.#write('supervisor', { kind: 'settled', subject: `branch-${id}`, ...state });
    }
    for (const id of this.#branchIds())
      this.#write('supervisor', { kind: 'stop', subject: `branch-${id}` });
    for (const id of this.#branchIds()) {
      this.#now += 500;
      const subject = `branch-${id}`;
      this.#write('supervisor', { kind: 'exit', subject, pid: 1_000 + id, code: 0 });
    }
    this.#write('supervisor', { kind: 'end', exitCode: 0, reason: 'every event was answered' });
  }

  #write(process: string, content: HistoryContent): void {
    this.#clock += 1;
    const stamp = {
      process,
      life: this.#lives.get(process) ?? 0,
      wall: first.wall + this.#now / 1_000,
      mono: first.mono + this.#now,
      clock: this.#clock,
    };
    this.#now += 3;
    this.#records.push({ ...stamp, ...content });
  }

  /** A whole number below `most`, the same in every run. */
  #random(most: number): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed % most;
  }
}
