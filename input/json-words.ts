import type { Flaw, Spot } from './flaw.ts';

/** What the scanner says about slips between the members of a list or object, and in texts. */

const one = (start: number): Spot => ({ start, end: start + 1 });

export const trailingComma = (start: number): Flaw => ({
  ...one(start),
  message: 'a comma behind the last element',
  advice: 'Remove it: commas stand only between two elements.',
});

export const doubledComma = (start: number): Flaw => ({
  ...one(start),
  message: 'two commas, and nothing between them',
  advice: 'Remove one of them.',
});

export const thousandsSeparator = (start: number, end: number): Flaw => ({
  start,
  end,
  message: 'a comma inside a number',
  advice: 'Write numbers in digits alone: 1000, not 1,000.',
});

export const equalsSign = (start: number): Flaw => ({
  ...one(start),
  message: 'an equals sign between key and value',
  advice: 'Write a colon instead: "id": 1.',
});

export const missing = (expected: 'separator' | 'colon', start: number): Flaw => ({
  ...one(start),
  message:
    expected === 'colon'
      ? 'a colon is missing between key and value'
      : 'a comma is missing between two elements',
  advice: expected === 'colon' ? 'Write a colon here: "id": 1.' : 'Write a comma here.',
});

export const mixedQuotes = (start: number): Flaw => ({
  ...one(start),
  message: 'a curly quote, as pasted from a PDF or a word processor',
  advice: 'Write a straight double quote: ".',
});

export const rawTab = (start: number): Flaw => ({
  ...one(start),
  message: 'a tab inside a text',
  advice: 'Write a space.',
});

export const badEscape = (start: number): Flaw => ({
  start,
  end: start + 2,
  message: 'a backslash that means nothing in JSON',
  advice: 'Remove it: no key and no value of this format has a backslash.',
});
