import type { EventIdentity, UpdateInterface } from '../bank/scenario.ts';
import { moneyMax } from '../bank/limits.ts';
import type { BranchCallName, BranchCalls } from '../rpc/service.ts';
import type { CallFailure } from '../rpc/status.ts';
import type { Propagation, Request, Response, Tx } from './protocol.ts';

/** Between what is on the wire and what the replica speaks of. Nothing unchecked passes. */

/** A request that makes sense, and who sent it. */
export interface Letter {
  readonly request: Request;
  /** Absent when the sender is a client outside the run. */
  readonly sender: Sender | undefined;
}

export interface Sender {
  /** "visit-3", "branch-2", "supervisor". */
  readonly process: string;
  /** The message's identity in the history; empty when the sender keeps no history. */
  readonly message: string;
  readonly clock: number;
}

export type Opened =
  | { readonly ok: true; readonly letter: Letter }
  | { readonly ok: false; readonly failure: CallFailure };

/** Whose letters are opened: those of this branch, in this run. */
export interface Addressee {
  readonly process: string;
  readonly runId: string;
}

/** Reads the content of a request; a sentence when it makes no sense. */
type Readers = {
  readonly [Name in BranchCallName]: (
    message: BranchCalls[Name]['request'],
    inRun: boolean,
  ) => Request | string;
};

const readers: Readers = {
  Query: () => ({ interface: 'query' }),
  Deposit: (message, inRun) => readUpdate('deposit', message, inRun),
  Withdraw: (message, inRun) => readUpdate('withdraw', message, inRun),
  Propagate_Deposit: (message) => readPropagation('propagate_deposit', message),
  Propagate_Withdraw: (message) => readPropagation('propagate_withdraw', message),
  Decide: ({ tx, decision }) => {
    if (!isTx(tx)) return notTx(tx);
    if (decision === 'COMMITTED') return { interface: 'decide', tx, decision: 'committed' };
    if (decision === 'ABORTED') return { interface: 'decide', tx, decision: 'aborted' };
    return `a decision is COMMITTED or ABORTED, not ${decision}`;
  },
  Ask: ({ tx }) => (isTx(tx) ? { interface: 'ask', tx } : notTx(tx)),
  Settle: () => ({ interface: 'settle' }),
};

/** Calls that only branches of the run make, so they must say which run. */
const betweenBranches: ReadonlySet<BranchCallName> = new Set([
  'Propagate_Deposit',
  'Propagate_Withdraw',
  'Decide',
  'Ask',
]);

/** Opens a request: which run, who sent it, and whether its content makes sense. */
export function openLetter<Name extends BranchCallName>(
  { process, runId }: Addressee,
  name: Name,
  message: BranchCalls[Name]['request'],
): Opened {
  const { envelope } = message;
  const run = envelope?.run_id;
  if (run === undefined && betweenBranches.has(name))
    return refused(
      'FAILED_PRECONDITION',
      `${name} is for branches of run ${runId} and names no run`,
    );
  if (run !== undefined && run !== runId)
    return refused(
      'FAILED_PRECONDITION',
      `${process} belongs to run ${runId}, ${name} to run ${excerpt(run)}`,
    );
  const request = readers[name](message, run !== undefined);
  if (typeof request === 'string')
    return refused('INVALID_ARGUMENT', `${process} cannot take ${name}: ${request}`);
  if (run === undefined || !envelope) return { ok: true, letter: { request, sender: undefined } };
  const { sender, message: identity, clock } = envelope;
  if (sender.length > nameLength || identity.length > nameLength || !Number.isSafeInteger(clock))
    return refused(
      'INVALID_ARGUMENT',
      `${process} cannot take ${name}: its envelope makes no sense`,
    );
  return { ok: true, letter: { request, sender: { process: sender, message: identity, clock } } };
}

/** Names of processes and messages end up in the history. */
const nameLength = 200;

const refused = (status: CallFailure['status'], detail: string): Opened => ({
  ok: false,
  failure: { status, detail },
});

/** The identity counts only within the run: outside of it, it could be anybody's. */
function readUpdate(
  name: UpdateInterface,
  { money, event }: BranchCalls['Deposit']['request'],
  inRun: boolean,
): Request | string {
  if (!isMoney(money)) return notMoney(money);
  return { interface: name, money, ...(inRun && event && { event: identityOf(event) }) };
}

function readPropagation(
  name: Propagation['interface'],
  message: BranchCalls['Propagate_Deposit']['request'],
): Propagation | string {
  const { money, origin, tx, version, prev_tx: prevTx, event } = message;
  if (!isMoney(money)) return notMoney(money);
  if (!isTx(tx)) return notTx(tx);
  if (prevTx !== '' && !isTx(prevTx)) return notTx(prevTx);
  if (!Number.isSafeInteger(origin)) return 'its origin is no branch id';
  if (!Number.isSafeInteger(version) || version < 1) return 'its version is not 1 or more';
  const identity = event && { event: identityOf(event) };
  return { interface: name, origin, tx, version, prevTx, money, ...identity };
}

const identityOf = ({ entry, position }: EventIdentity): EventIdentity => ({ entry, position });

const isMoney = (money: number): boolean => Number.isSafeInteger(money) && money >= 1;
const notMoney = (money: number): string =>
  `money is a whole number from 1 to ${moneyMax}, not ${money}`;

const txPattern = /^\d{1,16}\.\d{1,16}$/;
const isTx = (tx: Tx): boolean => txPattern.test(tx);
const notTx = (tx: string): string => `"${excerpt(tx)}" is no update's identity`;

const excerpt = (text: string): string => text.slice(0, 40);

/** The answer for the wire. */
export function writeAnswer(
  response: Response,
  clock: number,
): BranchCalls[BranchCallName]['response'] {
  switch (response.interface) {
    case 'query':
    case 'settle':
      return { balance: response.balance, version: response.version, clock };
    case 'deposit':
    case 'withdraw':
      if (response.result === 'success')
        return { result: 'SUCCESS', reason: '', detail: '', version: response.version, clock };
      return { result: 'FAIL', reason: response.reason, detail: response.detail, clock };
    case 'propagate_deposit':
    case 'propagate_withdraw':
      return { result: 'SUCCESS', reason: '', clock };
    case 'decide':
      return { clock };
    case 'ask':
      return { decision: decisionNames[response.decision], clock };
  }
}

const decisionNames = {
  committed: 'COMMITTED',
  aborted: 'ABORTED',
  undecided: 'UNDECIDED',
} as const;
