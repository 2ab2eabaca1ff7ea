import type { CallContent, CallOutcome, ReplicaRecord } from '../bank/history.ts';
import type { FellowAnswer } from './stub.ts';
import type { LedgerRecord, Refusal, Request, Response } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { CallResult } from '../rpc/status.ts';

/** What a branch does, in the words of the history. */

type Prepared = Extract<LedgerRecord, { kind: 'prepare' }>;

/** Follows the ledger, because a decision there does not repeat what it decides about. */
export class ReplicaStory {
  private readonly branch: number;
  private readonly incarnation: number;
  private pending: Prepared | undefined;

  /** @param pending what is undecided in the ledger when the story begins */
  constructor({ id, incarnation }: Settings, pending: Prepared | undefined) {
    this.branch = id;
    this.incarnation = incarnation;
    this.pending = pending;
  }

  /** What the record means for the replica. */
  tell(record: LedgerRecord): ReplicaRecord[] {
    switch (record.kind) {
      case 'open':
      case 'fence':
        return [];
      case 'recover': {
        const { version, balance } = record;
        return [{ kind: 'recover', version, balance, incarnation: this.incarnation }];
      }
      case 'prepare':
        return [this.prepare(record)];
      case 'commit':
        return this.commit(record);
      case 'abort':
        return this.abort(record);
      case 'refuse':
        return [{ kind: 'refuse', event: record.event, reason: record.reason }];
    }
  }

  private prepare(record: Prepared): ReplicaRecord {
    this.pending = record;
    const { tx, origin, version, delta, event } = record;
    return { kind: 'prepare', tx, origin, version, delta, event };
  }

  private commit(record: Extract<LedgerRecord, { kind: 'commit' }>): ReplicaRecord[] {
    const { tx, version, balance } = record;
    const { delta = 0, event } = this.pending ?? {};
    const decided = this.decided(tx, 'committed');
    this.pending = undefined;
    return [...decided, { kind: 'apply', tx, version, delta, balance, event }];
  }

  private abort({ tx }: Extract<LedgerRecord, { kind: 'abort' }>): ReplicaRecord[] {
    const decided = this.decided(tx, 'aborted');
    this.pending = undefined;
    return [...decided, { kind: 'drop', tx }];
  }

  private decided(tx: string, decision: 'committed' | 'aborted'): ReplicaRecord[] {
    return this.pending?.origin === this.branch ? [{ kind: 'decide', tx, decision }] : [];
  }
}

export function contentOf(request: Request): CallContent {
  switch (request.interface) {
    case 'query':
    case 'settle':
      return { interface: request.interface };
    case 'deposit':
    case 'withdraw':
      return { interface: request.interface, event: request.event, money: request.money };
    case 'propagate_deposit':
    case 'propagate_withdraw': {
      const { interface: name, event, money, tx, version } = request;
      return { interface: name, event, money, tx, version };
    }
    case 'decide':
      return { interface: 'decide', tx: request.tx, decision: request.decision };
    case 'ask':
      return { interface: 'ask', tx: request.tx };
    case 'recover':
      return { interface: 'recover' };
  }
}

export function outcomeOf(response: Response): CallOutcome {
  switch (response.interface) {
    case 'query':
    case 'settle':
      return { balance: response.balance, version: response.version };
    case 'deposit':
    case 'withdraw':
      if (response.result === 'success') return { result: 'success', version: response.version };
      return { result: 'fail', reason: response.reason, detail: response.detail };
    case 'propagate_deposit':
    case 'propagate_withdraw':
      return { result: 'success' };
    case 'decide':
      return {};
    case 'ask':
      return { decision: response.decision };
    case 'recover':
      return response.state
        ? { balance: response.state.balance, version: response.state.version }
        : {};
  }
}

export const outcomeOfRefusal = ({ status, message }: Refusal): CallOutcome => ({
  status,
  detail: message,
});

export const outcomeOfCall = (result: CallResult<FellowAnswer>): CallOutcome =>
  result.ok ? outcomeOf(result.response.response) : { ...result.failure };
