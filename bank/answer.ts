/** What a customer received for one event, as it stands in `recv` of the output file. */

/**
 * Why an update failed. `overdraft` and `balance-limit` are decided by the rules of the bank;
 * `branch-missing` means that a fellow branch did not acknowledge in time.
 */
export type FailReason = 'overdraft' | 'balance-limit' | 'branch-missing';

export type QueryAnswer =
  | { readonly interface: 'query'; readonly balance: number }
  | { readonly interface: 'query'; readonly result: 'unknown' };

export type UpdateAnswer =
  | { readonly interface: 'deposit' | 'withdraw'; readonly result: 'success' | 'unknown' }
  | {
      readonly interface: 'deposit' | 'withdraw';
      readonly result: 'fail';
      /** Kept in the output only when the bank's rules did not decide: `branch-missing`. */
      readonly reason?: FailReason;
    };

export type Answer = QueryAnswer | UpdateAnswer;

/** One entry of the output file. */
export interface OutputEntry {
  readonly id: number;
  readonly recv: readonly Answer[];
}
