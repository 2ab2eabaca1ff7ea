import type {
  Effect,
  Input,
  PeerRequest,
  Propagation,
  Request,
  Response,
  Signature,
} from '../branch/protocol.ts';
import { Replica } from '../branch/replica.ts';
import type { Settings } from '../branch/settings.ts';

export const settings: Settings = {
  runId: 'r1',
  id: 1,
  incarnation: 1,
  peers: [2, 3],
  fences: [],
  balance: 100,
  updateMs: 5_000,
};

/** A replica with its clock, and the effects of its last step. */
export class OneReplica {
  readonly replica: Replica;
  now = 0;
  effects: Effect[];
  #call = 0;

  constructor(overrides: Partial<Settings> = {}) {
    this.replica = new Replica({ ...settings, ...overrides });
    this.effects = this.replica.recovered(0);
  }

  handle(input: Input): Effect[] {
    this.effects = this.replica.handle(input, this.now);
    return this.effects;
  }

  /** A request arrives; returns its call. */
  ask(request: Request, patienceMs = 10_000): number {
    const call = ++this.#call;
    this.handle({ type: 'request', call, request, deadline: this.now + patienceMs });
    return call;
  }

  /** A request of a fellow arrives. */
  hear(request: Request, signature: Signature): void {
    const call = ++this.#call;
    this.handle({ type: 'request', call, request, deadline: this.now + 1_000, signature });
  }

  at(now: number): Effect[] {
    this.now = now;
    return this.handle({ type: 'time' });
  }

  sent(): { call: number; to: number; request: PeerRequest }[] {
    return this.effects.flatMap((effect) => (effect.type === 'send' ? [effect] : []));
  }

  /** Every fellow acknowledges what was just sent. */
  acknowledge(): Effect[] {
    const sent = this.sent();
    return sent.flatMap(({ call, request }) => {
      const { interface: name } = request;
      if (name === 'ask' || name === 'recover') return [];
      return this.handle({ type: 'response', call, response: { interface: name } });
    });
  }

  records(): string[] {
    return this.effects.flatMap((effect) => (effect.type === 'append' ? [effect.record.kind] : []));
  }
}

/** What callers were told: an answer, or the status of a refusal. */
export const outcomes = (effects: readonly Effect[]): (Response | string)[] =>
  effects.flatMap((effect): (Response | string)[] => {
    if (effect.type === 'reply') return [effect.response];
    return effect.type === 'refuse' ? [effect.refusal.status] : [];
  });

const event = (position: number) => ({ entry: 1, position });

export const deposit = (money: number, position: number): Request => ({
  interface: 'deposit',
  money,
  event: event(position),
});
export const withdraw = (money: number, position: number): Request => ({
  interface: 'withdraw',
  money,
  event: event(position),
});
/** The first update of branch 2. */
export const foreign = (rest: Partial<Propagation> = {}): Propagation => ({
  interface: 'propagate_deposit',
  origin: 2,
  tx: '2.1',
  version: 1,
  prevTx: '',
  money: 5,
  ...rest,
});
