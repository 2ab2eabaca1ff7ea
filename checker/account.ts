import { moneyMax } from '../bank/limits.ts';
import { changed, deltaOf } from './operation.ts';
import type { Operation } from './operation.ts';

/**
 * The bank as the assignment means it: one account, one operation at a time. This is the model
 * that answers are checked against; it shares nothing with the branches.
 */
export interface Account {
  readonly balance: number;
  /** How many updates took effect. */
  readonly version: number;
}

/** Whether the account in this state could have given the operation's answer. */
export function couldAnswer(account: Account, operation: Operation): boolean {
  switch (operation.result) {
    case 'balance':
      return operation.balance === account.balance && versionFits(account.version, operation);
    case 'success':
      return allows(account, operation) && versionFits(account.version + 1, operation);
    case 'fail':
      return decidedElsewhere(operation) || refuses(account, operation);
    case 'unknown':
      return true;
  }
}

/** The state after the operation. */
export function after(account: Account, operation: Operation): Account {
  if (!changed(operation)) return account;
  return { balance: account.balance + deltaOf(operation), version: account.version + 1 };
}

/** Whether the rules of the bank let this update take effect: no debt, no inexact number. */
export function allows(account: Account, operation: Operation): boolean {
  if (operation.interface === 'deposit') return account.balance + operation.money <= moneyMax;
  return operation.interface === 'query' || operation.money <= account.balance;
}

/**
 * Whether a failure has nothing to do with the balance: a fellow branch was missing. Any other
 * reason, also none, is taken as the word of the bank's rules.
 */
export function decidedElsewhere(operation: Operation): boolean {
  return operation.result === 'fail' && operation.reason === 'branch-missing';
}

function refuses(account: Account, operation: Operation): boolean {
  if (operation.reason === 'overdraft' && operation.interface !== 'withdraw') return false;
  if (operation.reason === 'balance-limit' && operation.interface !== 'deposit') return false;
  return !allows(account, operation);
}

function versionFits(version: number, operation: Operation): boolean {
  return operation.version === undefined || operation.version === version;
}
