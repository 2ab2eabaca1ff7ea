import type { Flaw } from './flaw.ts';
import { quotedCharacter } from './words.ts';

/** What the scanner was looking for when it had to stop. */
export type Expected = 'value' | 'key' | 'separator' | 'colon' | 'quote' | 'end';

interface Stop {
  readonly text: string;
  readonly at: number;
  readonly expected: Expected;
  /** Where the innermost list or object begins that is still open. */
  readonly opener: number | undefined;
}

type Words = Pick<Flaw, 'message' | 'advice'>;

const looksLikeYaml = /^(?:\s|#.*\n)*(?:---|%YAML|- |-\n|[\w"']+\s*:\s)/;

/** Names the likely cause of a text that cannot be read on. */
export function explainStop(stop: Stop): Flaw {
  const { text, at, expected, opener } = stop;
  if (at >= text.length) return { ...lastCharacter(text), ...endWords(stop) };
  const spot = { start: at, end: at + 1 };
  if (expected === 'end') return { ...spot, ...afterEndWords(text.charAt(at)) };
  if (opener === undefined && looksLikeYaml.test(text)) return { ...spot, ...yamlWords };
  if (/[\]}]/.test(text.charAt(at)) && expected !== 'quote')
    return { ...spot, ...closerWords(stop) };
  return { ...spot, ...expectedWords(stop) };
}

function lastCharacter(text: string): { start: number; end: number } {
  const end = text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

const yamlWords: Words = {
  message: 'this is YAML, but the name of the file says JSON',
  advice: 'Name the file .yaml.',
};

function endWords({ text, opener, expected }: Stop): Words {
  if (opener === undefined || expected === 'quote')
    return { message: 'the file ends too early', advice: 'Check that it is whole.' };
  const bracket = text.charAt(opener);
  return {
    message: `the file ends, but the ${bracket} of line ${lineOf(text, opener)} is not closed`,
    advice: `Check that the file is whole, or add ${closerOf(bracket)} at its end.`,
  };
}

function afterEndWords(character: string): Words {
  if (character === '[' || character === '{')
    return {
      message: 'a second list or object begins here',
      advice: 'A file holds one list: put all processes between one [ and one ], with commas.',
    };
  if (character === ',')
    return {
      message: 'the file goes on behind its first element',
      advice: 'Put [ before the first process and ] behind the last.',
    };
  if (character === ']' || character === '}')
    return { message: `a ${character} too many`, advice: 'Remove it.' };
  return {
    message: `${quotedCharacter(character)} behind the end of the list`,
    advice: 'Remove everything behind the last ].',
  };
}

function closerWords({ text, at, opener, expected }: Stop): Words {
  const found = text.charAt(at);
  if (opener === undefined)
    return {
      message: `a ${found} that nothing opened`,
      advice: 'Remove it, or add what it closes.',
    };
  const bracket = text.charAt(opener);
  const closer = closerOf(bracket);
  if (found === closer)
    return expected === 'colon'
      ? { message: 'a key without a value', advice: 'Write a colon and a value: "id": 1.' }
      : { message: 'a value is missing here', advice: 'Write it, or remove its key.' };
  return {
    message: `${found} where the ${bracket} of line ${lineOf(text, opener)} is still open`,
    advice: `Close it with ${closer} first, or remove this ${found}.`,
  };
}

const expectations: Readonly<Record<Exclude<Expected, 'end'>, Words>> = {
  value: { message: 'where a value was expected', advice: 'Write a number, "text", [ or {.' },
  key: { message: 'where a key was expected', advice: 'Write a key in double quotes: "id": 1.' },
  separator: { message: 'where a comma was expected', advice: 'Write a comma, or remove this.' },
  colon: { message: 'where a colon was expected', advice: 'Write a colon: "id": 1.' },
  quote: {
    message: 'opens a text that is not closed on its line',
    advice: 'Write " at the end of the text.',
  },
};

function expectedWords({ text, at, expected }: Stop): Words {
  if (expected === 'end') throw new Error('the end of a text was explained already');
  const { message, advice } = expectations[expected];
  const character = quotedCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return { message: `${character} ${message}`, advice };
}

const closerOf = (bracket: string): string => (bracket === '[' ? ']' : '}');

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
