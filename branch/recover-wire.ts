import type { BranchCalls } from '../rpc/service.ts';
import type { Applied, Fence, Recollection, Recover, ReplicaState, Undecided } from './protocol.ts';
import { isTx } from './tx.ts';

/** What a branch that lost its ledger asks and hears, on the wire. Nothing unchecked passes. */

type Request = BranchCalls['Recover']['request'];
type Answer = BranchCalls['Recover']['response'];
type State = NonNullable<Answer['state']>;

/** The question; a sentence when it makes no sense. */
export function readRecover({ fences }: Request): Recover | string {
  return fences.every(isFence) ? { interface: 'recover', fences } : 'one of its fences is none';
}

export function writeRecollection(
  { incarnation, fences, state }: Recollection,
  clock: number,
): Answer {
  const answer = { incarnation, fences: [...fences], clock };
  return state ? { ...answer, state: writeState(state) } : answer;
}

function writeState({ lastTx, lastOrigin, ...state }: ReplicaState): State {
  return { ...state, last_tx: lastTx, last_origin: lastOrigin, applied: [...state.applied] };
}

/** The answer; a sentence when it makes no sense. */
export function readRecollection({ incarnation, fences, state }: Answer): Recollection | string {
  if (incarnation < 1 || !fences.every(isFence)) return 'one of its fences is none';
  const known = { interface: 'recover', incarnation, fences } as const;
  if (!state) return known;
  const read = readState(state);
  return typeof read === 'string' ? read : { ...known, state: read };
}

function readState(state: State): ReplicaState | string {
  const { version, balance, last_tx: lastTx, last_origin: lastOrigin, pending, applied } = state;
  const numbers = [version, balance, lastOrigin];
  if (!numbers.every(isCount)) return `its state is ${balance} at version ${version}`;
  if (version === 0 ? lastTx !== '' : !isTx(lastTx)) return 'its last update is none';
  if (pending && !isUndecided(pending)) return 'the update that it holds ready is none';
  if (!applied.every(isApplied)) return 'one of its applied events is none';
  const read = { version, balance, lastTx, lastOrigin, applied };
  return pending ? { ...read, pending } : read;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isFence = ({ branch, incarnation }: Fence): boolean => isCount(branch) && incarnation >= 1;

const isUndecided = ({ tx, origin, version }: Undecided): boolean =>
  isTx(tx) && isCount(origin) && isCount(version);

const isApplied = ({ entry, position, origin, version }: Applied): boolean =>
  [entry, position, origin, version].every(isCount);
