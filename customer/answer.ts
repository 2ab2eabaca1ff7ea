import type { FailReason } from '../bank/answer.ts';
import type { CallOutcome } from '../bank/history.ts';
import type { UpdateInterface } from '../bank/scenario.ts';
import type { EventResult } from '../bank/result.ts';
import type { BranchCalls } from '../rpc/service.ts';
import type { CallResult } from '../rpc/status.ts';

/** What was received for one event, before it is known which event that was. */
export type Answer = Omit<EventResult, 'position' | 'id' | 'interface'>;

/** Answers that break the contract count as trouble at the branch: their outcome is not known. */
export function queryAnswer(
  result: CallResult<BranchCalls['Query']['response']>,
): CallResult<Answer> {
  if (!result.ok) return result;
  const { balance, version } = result.response;
  if (!Number.isSafeInteger(balance)) return malformed('a query was answered without a balance');
  return { ok: true, response: { result: 'balance', balance, version } };
}

export function updateAnswer(
  result: CallResult<BranchCalls['Deposit']['response']>,
): CallResult<Answer> {
  if (!result.ok) return result;
  const { result: outcome, reason, detail, version } = result.response;
  if (outcome === 'SUCCESS') return { ok: true, response: { result: 'success', version } };
  if (outcome !== 'FAIL') return malformed(`an update was answered with the result "${outcome}"`);
  return {
    ok: true,
    response: { result: 'fail', reason: failReason(reason), detail: detail || undefined },
  };
}

const reasons: readonly string[] = [
  'overdraft',
  'balance-limit',
  'branch-missing',
] satisfies FailReason[];

const failReason = (reason: string): FailReason | undefined =>
  reasons.includes(reason) ? (reason as FailReason) : undefined;

const malformed = (detail: string): CallResult<never> => ({
  ok: false,
  failure: { status: 'INTERNAL', detail },
});

/** The answer as the history's `return` record has it. */
export function outcomeOf(result: CallResult<Answer>): CallOutcome {
  if (!result.ok) return { status: result.failure.status, detail: result.failure.detail };
  const { result: kind, reason, balance, version, detail } = result.response;
  if (kind === 'success') return { result: kind, version };
  if (kind === 'fail') return { result: kind, reason, detail };
  return { balance, version };
}

/** The name of the call on the wire. */
export const updateCall = { deposit: 'Deposit', withdraw: 'Withdraw' } as const satisfies Record<
  UpdateInterface,
  keyof BranchCalls
>;

/** An answer in one line, for people who follow the log. */
export function inWords(answer: EventResult): string {
  const { id, result, balance, reason, detail } = answer;
  const why = reason ?? detail;
  const what = result === 'balance' ? `${balance}` : result;
  return `event ${id} ${answer.interface}: ${what}${why === undefined ? '' : ` (${why})`}`;
}
