import type { Flaw } from './flaw.ts';
import { byteOrderMark } from './shared-words.ts';
import { characterName, quoted, shown } from './words.ts';

/**
 * Slips that people make in JSON and that are clear enough to read on behind them: the flaw covers
 * exactly what stands in the place of a key, a value or white space.
 */

const quotes = "“”„‟«»‘’‚‛`'";
const quotedText = new RegExp(`[${quotes}]([^${quotes}"\\n]*)[${quotes}"]`, 'y');
const bareWord = /[\w$][\w$-]*/y;
const oddNumber = /[+-]?[\d.][\w.+-]*|-?Infinity\b/y;
const comment = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|#[^\n]*/y;
const invisible = /[\u0080-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+/y;

const otherQuotes: ReadonlyMap<string, string> = new Map([
  ["'", 'single quotes'],
  ['`', 'backticks'],
]);

/** What people of other languages write for these. */
const literals: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  ['nil', 'null'],
]);

export function findSlip(text: string, at: number, expected: 'key' | 'value'): Flaw | undefined {
  return quotedSlip(text, at) ?? (expected === 'key' ? keySlip(text, at) : valueSlip(text, at));
}

function quotedSlip(text: string, at: number): Flaw | undefined {
  const [all, content = ''] = matchAt(quotedText, text, at) ?? [];
  if (all === undefined) return undefined;
  const kind = otherQuotes.get(all.charAt(0));
  return {
    ...spot(at, all),
    message:
      kind === undefined
        ? 'curly quotes, as pasted from a PDF or a word processor'
        : `${kind}, which JSON does not have`,
    advice: `Write ${quoted(content)} with straight double quotes.`,
  };
}

function keySlip(text: string, at: number): Flaw | undefined {
  const word = matchAt(bareWord, text, at)?.[0];
  if (word === undefined) return undefined;
  return {
    ...spot(at, word),
    message: `the key ${shown(word)} has no quotes`,
    advice: `Write ${quoted(word)}.`,
  };
}

function valueSlip(text: string, at: number): Flaw | undefined {
  const number = matchAt(oddNumber, text, at)?.[0];
  if (number !== undefined) return numberSlip(at, number);
  const word = matchAt(bareWord, text, at)?.[0];
  if (word === undefined) return undefined;
  if (/^(?:NaN|Infinity)$/.test(word)) return numberSlip(at, word);
  const known = literals.get(word);
  return {
    ...spot(at, word),
    message: known === undefined ? `the text ${shown(word)} has no quotes` : `${word} is not JSON`,
    advice: known === undefined ? `Write ${quoted(word)}.` : `Write ${known}.`,
  };
}

function numberSlip(at: number, written: string): Flaw {
  const number = Number(written.replaceAll('_', '').replace(/^\+/, ''));
  const advice = Number.isSafeInteger(number)
    ? `Write ${number}.`
    : 'Write a whole number, in digits alone.';
  return { ...spot(at, written), message: `${shown(written)} is not a number in JSON`, advice };
}

/** Comments and invisible characters, which stand where only white space may. */
export function findSpaceSlip(text: string, at: number): Flaw | undefined {
  const remark = matchAt(comment, text, at)?.[0];
  if (remark !== undefined)
    return {
      ...spot(at, remark),
      message: 'a comment, which JSON does not have',
      advice: 'Remove it, or write the file as YAML, where a comment begins with #.',
    };
  const hidden = matchAt(invisible, text, at)?.[0];
  if (hidden === undefined) return undefined;
  if (at === 0 && hidden === '\ufeff') return byteOrderMark;
  return {
    ...spot(at, hidden),
    message: `an invisible character (${characterName(hidden)})`,
    advice: 'Delete it; between words JSON takes plain spaces only.',
  };
}

const spot = (at: number, text: string): { start: number; end: number } => ({
  start: at,
  end: at + text.length,
});

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
