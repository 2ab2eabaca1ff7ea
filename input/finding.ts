import type { FirstFew } from '../bank/first-few.ts';
import type { Part, Path } from './document.ts';

/** Something wrong with a value, before its place in the text is known. */
export interface Finding extends Part {
  readonly message: string;
  readonly advice: string;
  /** Another part that the message speaks of; its line is added to the message. */
  readonly first?: Path;
}

export type Findings = FirstFew<Finding>;
