/** How numbers, characters and foreign text are written in messages. */

/** The longest piece of foreign text that a message quotes. */
const longestQuote = 40;

const wideSpaces = /[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const unprintable =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Foreign text with the same number of characters, without those that would move the cursor, turn
 * the reading direction, command the terminal, or hide.
 */
export const printable = (text: string): string =>
  text.replaceAll(wideSpaces, ' ').replaceAll(unprintable, '·');

/** Text from a file, cut where it is long. */
export const shown = (text: string): string =>
  printable(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);

/** The same in double quotes. */
export const quoted = (text: string): string => `"${shown(text)}"`;

/** A single character, by its name if it is not plain. */
export function quotedCharacter(character: string): string {
  return /^[!-~]$/.test(character)
    ? character
    : `${quoted(character)} (${characterName(character)})`;
}

/** `U+00A0`, as Unicode numbers the first character of a text. */
export function characterName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `1,000,000`. */
export const thousands = (count: number): string => count.toLocaleString('en-US');

/** `64 MiB`. */
export const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinal(count: number): string {
  const ending = /1[123]$/.test(String(count)) ? 'th' : (endings[count % 10] ?? 'th');
  return `${count}${ending}`;
}

const endings = ['th', 'st', 'nd', 'rd'];

/** `a`, `a or b`, `a, b or c`. */
export const alternatives = (names: readonly string[]): string => joined(names, 'or');

/** `a`, `a and b`, `a, b and c`. */
export const enumeration = (names: readonly string[]): string => joined(names, 'and');

function joined(names: readonly string[], last: 'or' | 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`;
}

/** All names if they are few, otherwise the first and the last of them. */
export function few(names: readonly unknown[]): string {
  const texts = names.map(String);
  if (texts.length <= 5) return alternatives(texts);
  return `${texts.slice(0, 3).join(', ')}, … ${texts.at(-1) ?? ''}`;
}
