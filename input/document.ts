import type { FirstFew } from '../bank/first-few.ts';
import type { Flaw, Spot } from './flaw.ts';

/** The keys and list positions that lead from the whole value to a part of it. */
export type Path = readonly (string | number)[];

/** A part of a value, or the key that it stands under. */
export interface Part {
  readonly path: Path;
  readonly part: 'key' | 'value';
}

/** A text that was read as JSON or YAML. */
export interface Document {
  readonly value: unknown;
  /** What is wrong although the value is clear, for example a key that appears twice. */
  readonly flaws: FirstFew<Flaw>;
  /** Where parts of the value stand in the text; costs a pass over it, so only for problems. */
  readonly locate: (parts: readonly Part[]) => readonly Spot[];
}

/** A document, or every reason found why the text is none. */
export type Parsed =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly reason: 'empty' }
  | {
      readonly ok: false;
      readonly reason: 'syntax' | 'too-large';
      readonly flaws: FirstFew<Flaw>;
    };
