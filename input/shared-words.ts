import { limits } from '../bank/limits.ts';
import type { Flaw, Spot } from './flaw.ts';
import { quoted, thousands } from './words.ts';

/** What is said alike about JSON and YAML. */

const one = (start: number): Spot => ({ start, end: start + 1 });

/** YAML allows it, but one rule for both kinds of file is easier to remember. */
export const byteOrderMark: Flaw = {
  ...one(0),
  message: 'the file begins with a byte order mark (U+FEFF)',
  advice: 'Save it as "UTF-8", not as "UTF-8 with BOM".',
};

export const duplicateKey = (spot: Spot, name: string): Flaw => ({
  ...spot,
  message: `the key ${quoted(name)} stands twice in one object`,
  advice: 'Remove one of them; which one would count is not clear.',
});

export const tooManyKeys = (spot: Spot): Flaw => ({
  ...spot,
  message: `an object with more than ${limits.keys} keys`,
  advice: 'Write processes and events as lists in [ ], not as one object.',
});

export const tooDeep = (start: number): Flaw => ({
  ...one(start),
  message: `more than ${limits.nesting} lists and objects inside one another`,
  advice: 'The format needs 4: a list of processes, each with a list of events.',
});

export const tooManyContainers = (start: number): Flaw => ({
  ...one(start),
  message: `more than ${thousands(limits.containers)} lists and objects`,
  advice: `Split the file: a run has at most ${thousands(limits.events)} events.`,
});

export const tooManyTokens = (start: number): Flaw => ({
  ...one(start),
  message: `more than ${thousands(limits.yamlTokens)} words and signs of YAML`,
  advice: 'Write a file of this size as JSON, which is read 20 times as fast.',
});
