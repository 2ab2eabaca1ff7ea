import type { EventIdentity } from '../bank/scenario.ts';

/** What the ledger of an incarnation that was lost says of one of its own updates. */
export type OldWord =
  | {
      readonly decision: 'committed';
      /** After it. */
      readonly balance: number;
      readonly event?: EventIdentity;
    }
  | { readonly decision: 'aborted' }
  /** Nothing that decides it, so far: `why` says so in words, and of which file. */
  | { readonly decision: 'undecided'; readonly why: string };

/** What decides an update. */
export type FinalWord = Exclude<OldWord, { readonly decision: 'undecided' }>;
