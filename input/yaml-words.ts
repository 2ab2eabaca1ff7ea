import { limits } from '../bank/limits.ts';
import type { Flaw, Spot } from './flaw.ts';
import { tooDeep } from './shared-words.ts';
import { quoted } from './words.ts';

/** What is said about YAML only. */

/** An error of the package, in our words where they say more than its own. */
export function syntaxFlaw(code: string, message: string, spot: Spot): Flaw {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep(spot.start);
  const ours = /^Missing closing ["']/.test(message) ? openQuote : syntaxWords.get(code);
  return {
    ...spot,
    message: ours?.message ?? `not YAML: ${message}`,
    advice: ours?.advice ?? 'Check this line and the one before it.',
  };
}

const openQuote = {
  message: 'a text in quotes is not closed',
  advice: 'Write the closing quote.',
};

const syntaxWords: ReadonlyMap<string, { message?: string; advice: string }> = new Map([
  ['BAD_DIRECTIVE', { advice: 'Remove it: the format needs no lines that begin with %.' }],
  ['BAD_INDENT', { advice: 'Align what belongs together, and close every bracket and quote.' }],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    {
      message: 'a key where the value of another key is not finished',
      advice: 'Put each key on a line of its own, all of one process or event in the same column.',
    },
  ],
  ['MISSING_CHAR', { advice: 'Add it; check the indentation of this line too.' }],
  ['NON_STRING_KEY', { message: 'a key that is no text', advice: 'Write a plain key: id: 1.' }],
  [
    'TAG_RESOLVE_FAILED',
    { message: 'an unknown tag', advice: 'Remove it: the format has no tags.' },
  ],
]);

/** A tab in the indentation, which the package reports as one of many other errors. */
export function tabFlaw(text: string): Flaw | undefined {
  const found = /^ *(\t+)/m.exec(text);
  if (found === null) return undefined;
  const end = found.index + found[0].length;
  return {
    start: end - (found[1]?.length ?? 1),
    end,
    message: 'a tab where YAML wants spaces',
    advice: 'Indent with spaces only.',
  };
}

export const secondDocument = (start: number): Flaw => ({
  start,
  end: start + 3,
  message: 'a second document begins here',
  advice: 'A file holds one list of processes: remove the line --- and join the lists.',
});

export const unknownAlias = (spot: Spot, name: string): Flaw => ({
  ...spot,
  message: `no anchor ${quoted(`&${name}`)} ends before this alias`,
  advice: 'Write the value out, or put the anchor before the value that is to be repeated.',
});

export const tooManyAliases = (spot: Spot): Flaw => ({
  ...spot,
  message: `aliases that unfold to more than ${limits.yamlAliases} repetitions`,
  advice: 'Write the values out; a program that generates the file can do so.',
});
