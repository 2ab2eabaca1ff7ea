import type { EventIdentity, UpdateInterface } from '../bank/scenario.ts';
import { limits, moneyMax } from '../bank/limits.ts';
import type { BranchCallName, BranchCalls } from '../rpc/service.ts';
import type { CallFailure } from '../rpc/status.ts';
import type { Propagation, Request, Response, Signature, Tx } from './protocol.ts';
import { readRecover, writeRecollection } from './recover-wire.ts';
import { isTx } from './tx.ts';

/** Between what is on the wire and what the replica speaks of. Nothing unchecked passes. */

/** The calls that are delivered to the replica. */
export type LetterName = Exclude<BranchCallName, 'Connect'>;

/** A request that makes sense, and who sent it. */
export interface Letter {
  readonly request: Request;
  /** Absent when the sender is a client outside the run. */
  readonly sender: Sender | undefined;
  /** The event behind it, if the sender is of the run: outside, it could be anybody's. */
  readonly event: EventIdentity | undefined;
  /** Which fellow branch it is from, if it is from one. */
  readonly signature: Signature | undefined;
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
  /** The ids of the fellow branches, by their names. */
  readonly fellows: ReadonlyMap<string, number>;
}

/** Reads the content of a request; a sentence when it makes no sense. */
type Readers = {
  readonly [Name in LetterName]: (
    message: BranchCalls[Name]['request'],
    event: EventIdentity | undefined,
  ) => Request | string;
};

const readers: Readers = {
  Query: () => ({ interface: 'query' }),
  Deposit: ({ money }, event) => readUpdate('deposit', money, event),
  Withdraw: ({ money }, event) => readUpdate('withdraw', money, event),
  Propagate_Deposit: (message, event) => readPropagation('propagate_deposit', message, event),
  Propagate_Withdraw: (message, event) => readPropagation('propagate_withdraw', message, event),
  Decide: ({ tx, decision }) => readDecision(tx, decision),
  Ask: ({ tx }) => (isTx(tx) ? { interface: 'ask', tx } : notTx(tx)),
  Recover: (message) => readRecover(message),
  Settle: () => ({ interface: 'settle' }),
};

/** Calls that only branches of the run make. */
const betweenBranches: ReadonlySet<LetterName> = new Set([
  'Propagate_Deposit',
  'Propagate_Withdraw',
  'Decide',
  'Ask',
  'Recover',
]);

/** Calls that only processes of the run make, so they must say which run. */
const insideOnly: ReadonlySet<BranchCallName> = new Set([...betweenBranches, 'Connect']);

/** Opens a request: which run, who sent it, and whether its content makes sense. */
export function openLetter<Name extends LetterName>(
  addressee: Addressee,
  name: Name,
  message: BranchCalls[Name]['request'],
): Opened {
  const { process, fellows } = addressee;
  const { envelope } = message;
  const run = envelope?.run_id;
  const wrong = wrongRun(addressee, name, envelope);
  if (wrong !== undefined) return { ok: false, failure: wrong };
  const event = run === undefined ? undefined : eventOf(message);
  const request = readers[name](message, event);
  if (typeof request === 'string')
    return refused('INVALID_ARGUMENT', `${process} cannot take ${name}: ${request}`);
  const sender = run === undefined ? undefined : senderOf(envelope);
  if (sender === 'malformed')
    return refused(
      'INVALID_ARGUMENT',
      `${process} cannot take ${name}: its envelope is no branch's or customer's`,
    );
  const signature = betweenBranches.has(name) ? signatureOf(envelope, fellows) : undefined;
  if (signature === 'malformed')
    return refused(
      'INVALID_ARGUMENT',
      `${process} cannot take ${name}: it comes from ${excerpt(envelope?.sender ?? '')}, which is no fellow branch`,
    );
  return { ok: true, letter: { request, sender, event, signature } };
}

type Envelope = BranchCalls['Query']['request']['envelope'];

/** @returns why a request is refused that names another run, or none although it must */
export function wrongRun(
  { process, runId }: Pick<Addressee, 'process' | 'runId'>,
  name: BranchCallName,
  envelope: Envelope,
): CallFailure | undefined {
  const run = envelope?.run_id;
  if (run === runId || (run === undefined && !insideOnly.has(name))) return undefined;
  const detail =
    run === undefined
      ? `${name} is for processes of run ${runId} and names no run`
      : `${process} belongs to run ${runId}, ${name} to run ${excerpt(run)}`;
  return { status: 'FAILED_PRECONDITION', detail };
}

function signatureOf(envelope: Envelope, fellows: Addressee['fellows']): Signature | 'malformed' {
  const { sender = '', incarnation = 1, recipient = 1 } = envelope ?? {};
  const branch = fellows.get(sender);
  return branch === undefined ? 'malformed' : { branch, incarnation, to: recipient };
}

function senderOf(envelope: Envelope): Sender | 'malformed' {
  const { sender = '', message = '', clock = 0 } = envelope ?? {};
  if (
    sender.length > limits.nameLetters ||
    message.length > limits.nameLetters ||
    !Number.isSafeInteger(clock)
  )
    return 'malformed';
  return { process: sender, message, clock };
}

function eventOf(message: BranchCalls[LetterName]['request']): EventIdentity | undefined {
  if (!('event' in message) || !message.event) return undefined;
  const { entry, position } = message.event;
  return { entry, position };
}

const refused = (status: CallFailure['status'], detail: string): Opened => ({
  ok: false,
  failure: { status, detail },
});

function readUpdate(
  name: UpdateInterface,
  money: number,
  event: EventIdentity | undefined,
): Request | string {
  if (!isMoney(money)) return notMoney(money);
  return { interface: name, money, ...(event && { event }) };
}

function readPropagation(
  name: Propagation['interface'],
  message: BranchCalls['Propagate_Deposit']['request'],
  event: EventIdentity | undefined,
): Propagation | string {
  const { money, origin, tx, version, prev_tx: prevTx } = message;
  if (!isMoney(money)) return notMoney(money);
  if (!isTx(tx)) return notTx(tx);
  if (prevTx !== '' && !isTx(prevTx)) return notTx(prevTx);
  if (!Number.isSafeInteger(origin)) return 'its origin is no branch id';
  if (!Number.isSafeInteger(version) || version < 1) return 'its version is not 1 or more';
  return { interface: name, origin, tx, version, prevTx, money, ...(event && { event }) };
}

function readDecision(tx: Tx, decision: string): Request | string {
  if (!isTx(tx)) return notTx(tx);
  if (decision === 'COMMITTED') return { interface: 'decide', tx, decision: 'committed' };
  if (decision === 'ABORTED') return { interface: 'decide', tx, decision: 'aborted' };
  return `a decision is COMMITTED or ABORTED, not ${decision}`;
}

const isMoney = (money: number): boolean => Number.isSafeInteger(money) && money >= 1;
const notMoney = (money: number): string =>
  `money is a whole number from 1 to ${moneyMax}, not ${money}`;

const notTx = (tx: string): string => `"${excerpt(tx)}" is no update's identity`;

const excerpt = (text: string): string => text.slice(0, 40);

/** The answer for the wire. */
export function writeAnswer(
  response: Response,
  clock: number,
): BranchCalls[LetterName]['response'] {
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
    case 'recover':
      return writeRecollection(response, clock);
  }
}

const decisionNames = {
  committed: 'COMMITTED',
  aborted: 'ABORTED',
  undecided: 'UNDECIDED',
} as const;
