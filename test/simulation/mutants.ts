import type { Effect, Input, LedgerRecord, Recollection } from '../../branch/protocol.ts';
import { Replica } from '../../branch/replica.ts';
import type { ReplicaClass } from './node.ts';

/** The real core with one rule broken on purpose, at its surface: what goes in or what comes out. */
export interface Mutant {
  readonly title: string;
  readonly replicaClass: ReplicaClass;
}

const isAppend = ({ type }: Effect): boolean => type === 'append';

const withoutRecords = (
  effects: Effect[],
  forgotten: (record: LedgerRecord) => boolean,
): Effect[] => effects.filter((effect) => effect.type !== 'append' || !forgotten(effect.record));

class ForgetsItsVotes extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return withoutRecords(
      super.handle(input, now),
      (record) => record.kind === 'prepare' && record.origin !== this.settings.id,
    );
  }
}

class AnswersBeforeItRecords extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const effects = super.handle(input, now);
    return [...effects.filter((effect) => !isAppend(effect)), ...effects.filter(isAppend)];
  }
}

/** Takes the first acknowledgement for the rest of them. */
class CommitsWithOneVote extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const effects = super.handle(input, now);
    if (input.type !== 'response' || !input.response.interface.startsWith('propagate'))
      return effects;
    const { response } = input;
    const others = [...this.desk.calls.keys()];
    return [
      ...effects,
      ...others.flatMap((call) => super.handle({ type: 'response', call, response }, now)),
    ];
  }
}

class ForgetsThatItFailed extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return super.handle(input, now).map((effect) => {
      if (effect.type !== 'append' || effect.record.kind !== 'abort') return effect;
      const { kind, tx } = effect.record;
      return { type: 'append', record: { kind, tx } };
    });
  }
}

class ForgetsRefusals extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return withoutRecords(super.handle(input, now), ({ kind }) => kind === 'refuse');
  }
}

class QueriesWithoutAsking extends Replica {
  override handle(input: Input, now: number): Effect[] {
    if (input.type !== 'request' || input.request.interface !== 'query')
      return super.handle(input, now);
    const { balance, version } = this;
    return [
      { type: 'reply', call: input.call, response: { interface: 'query', balance, version } },
    ];
  }
}

/** Lets every waiting query rest on a question that may have been asked before the query came. */
class ReusesOldQuestions extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const { queries } = this.desk;
    this.desk.queries = queries.map((waiter) => ({ ...waiter, after: 0 }));
    return super.handle(input, now);
  }
}

class CallsUndecidedAborted extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return super.handle(input, now).map((effect) => {
      if (effect.type !== 'reply' || effect.response.interface !== 'ask') return effect;
      if (effect.response.decision !== 'undecided') return effect;
      return { ...effect, response: { interface: 'ask', decision: 'aborted' } };
    });
  }
}

class ForgetsWhoAsked extends Replica {
  override handle(input: Input, now: number): Effect[] {
    if (input.type !== 'request' || !('money' in input.request)) return super.handle(input, now);
    const { event: _, ...request } = input.request;
    return super.handle({ ...input, request }, now);
  }
}

/** Gives a vote up because another origin proposes something else. */
class ReplacesItsVote extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const { pending } = this.book;
    if (input.type !== 'request' || !('origin' in input.request) || pending === undefined)
      return super.handle(input, now);
    const { tx, origin } = pending;
    if (input.request.version !== pending.version || origin === this.settings.id)
      return super.handle(input, now);
    const decide = { interface: 'decide', tx, decision: 'aborted' } as const;
    const call = -1;
    const given = super.handle({ type: 'request', call, request: decide, deadline: Infinity }, now);
    return [
      ...given.filter((effect) => !('call' in effect) || effect.call !== call),
      ...super.handle(input, now),
    ];
  }
}

/** Numbers its updates anew in each life. */
class ReusesNumbers extends Replica {
  override recovered(now: number): Effect[] {
    const effects = super.recovered(now);
    this.book.proposed = this.book.committed;
    return effects;
  }
}

/** Believes the word about any update to be about the one that is pending. */
class MistakesTheUpdate extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const { pending } = this.book;
    if (input.type !== 'request' || input.request.interface !== 'decide' || pending === undefined)
      return super.handle(input, now);
    return super.handle({ ...input, request: { ...input.request, tx: pending.tx } }, now);
  }
}

/** Goes on with its own undecided update after a crash as if it had been committed. */
class PresumesCommit extends Replica {
  override recovered(now: number): Effect[] {
    const { pending } = this.book;
    if (pending?.origin !== this.settings.id) return super.recovered(now);
    const { tx, version, delta } = pending;
    const record = { kind: 'commit', tx, version, balance: this.balance + delta } as const;
    this.replay(record);
    return [{ type: 'append', record }, ...super.recovered(now)];
  }
}

/** Never tells anybody what it decided, not even when it is asked to settle. */
class KeepsItsDecisions extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return super
      .handle(input, now)
      .filter((effect) => effect.type !== 'send' || effect.request.interface !== 'decide');
  }
}

/** Lets everybody in, whatever has taken its place. */
class HearsTheOld extends Replica {
  override handle(input: Input, now: number): Effect[] {
    if (input.type !== 'request') return super.handle(input, now);
    const { signature: _, ...unsigned } = input;
    return super.handle(unsigned, now);
  }
}

class ForgetsItsFences extends Replica {
  override handle(input: Input, now: number): Effect[] {
    return withoutRecords(super.handle(input, now), ({ kind }) => kind === 'fence');
  }
}

/** Counts the vote of a fellow whose ledger, and the vote with it, is lost. */
class KeepsOldVotes extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const { flight, peers } = this.desk;
    const voted = flight ? peers.filter(({ acknowledged }) => acknowledged) : [];
    const effects = super.handle(input, now);
    if (input.type !== 'request' || input.request.interface !== 'recover') return effects;
    for (const peer of voted.filter(({ acknowledged }) => !acknowledged)) {
      peer.acknowledged = true;
      if (flight) flight.missing -= 1;
    }
    return effects;
  }
}

/** What a fellow tells a branch that recovers, with something changed. */
function mishear(input: Input, change: (told: Recollection) => Recollection): Input {
  if (input.type !== 'response' || input.response.interface !== 'recover') return input;
  return { ...input, response: change(input.response) };
}

/** Takes the first fellow's word for that of all. */
class AsksOneFellow extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const effects = super.handle(input, now);
    if (input.type !== 'response' || input.response.interface !== 'recover') return effects;
    const others = [...this.desk.calls.keys()];
    return [...effects, ...others.flatMap((call) => super.handle({ ...input, call }, now))];
  }
}

class IgnoresTheUndecided extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const heard = mishear(input, ({ state, ...told }) => {
      if (state === undefined) return told;
      const { pending: _, ...decided } = state;
      return { ...told, state: decided };
    });
    return super.handle(heard, now);
  }
}

class ForgetsWhatWasApplied extends Replica {
  override handle(input: Input, now: number): Effect[] {
    const heard = mishear(input, ({ state, ...told }) =>
      state ? { ...told, state: { ...state, applied: [] } } : told,
    );
    return super.handle(heard, now);
  }
}

/** Numbers its updates from 1 when its ledger is lost. */
class NumbersAnew extends Replica {
  override recovered(now: number): Effect[] {
    const effects = super.recovered(now);
    this.book.numbersAfter = 0;
    return effects;
  }
}

/** Takes it for aborted that a lost ledger has no decision yet, though its writer may live on. */
class TakesSilenceForAbort extends Replica {
  override handle(input: Input, now: number): Effect[] {
    if (input.type !== 'consulted' || input.word.decision !== 'undecided')
      return super.handle(input, now);
    return super.handle({ ...input, word: { decision: 'aborted' } }, now);
  }
}

/** Does not know an event again whose update only the lost ledger had decided. */
class ForgetsTheEventOfOldWords extends Replica {
  override handle(input: Input, now: number): Effect[] {
    if (input.type !== 'consulted' || input.word.decision !== 'committed')
      return super.handle(input, now);
    const { event: _, ...word } = input.word;
    return super.handle({ ...input, word }, now);
  }
}

export const mutants: readonly Mutant[] = [
  { title: 'acknowledges without recording its vote', replicaClass: ForgetsItsVotes },
  { title: 'answers before it records', replicaClass: AnswersBeforeItRecords },
  { title: 'commits with one vote of several', replicaClass: CommitsWithOneVote },
  { title: 'does not record that an update was answered fail', replicaClass: ForgetsThatItFailed },
  { title: 'does not record refusals', replicaClass: ForgetsRefusals },
  { title: 'answers queries without asking', replicaClass: QueriesWithoutAsking },
  { title: 'lets a query rest on an older question', replicaClass: ReusesOldQuestions },
  { title: 'calls an undecided update aborted', replicaClass: CallsUndecidedAborted },
  { title: 'does not know a retry from a new update', replicaClass: ForgetsWhoAsked },
  { title: 'replaces a vote on the word of another origin', replicaClass: ReplacesItsVote },
  { title: 'uses the number of an update twice', replicaClass: ReusesNumbers },
  { title: 'takes a decision for that of another update', replicaClass: MistakesTheUpdate },
  { title: 'presumes that an undecided update was committed', replicaClass: PresumesCommit },
  { title: 'keeps its decisions to itself', replicaClass: KeepsItsDecisions },
  { title: 'hears the old incarnation of a fellow', replicaClass: HearsTheOld },
  { title: 'does not record its fences', replicaClass: ForgetsItsFences },
  { title: 'counts a vote that was lost with its ledger', replicaClass: KeepsOldVotes },
  { title: 'recovers without asking all', replicaClass: AsksOneFellow },
  { title: 'recovers in spite of an update in doubt', replicaClass: IgnoresTheUndecided },
  { title: 'recovers without what was applied for whom', replicaClass: ForgetsWhatWasApplied },
  { title: 'takes silence of a lost ledger for an abort', replicaClass: TakesSilenceForAbort },
  {
    title: 'forgets the event that a lost ledger decided',
    replicaClass: ForgetsTheEventOfOldWords,
  },
  { title: 'numbers its updates from 1 after a loss', replicaClass: NumbersAnew },
];
