import { FirstFew } from '../bank/first-few.ts';
import type { Document, Parsed } from './document.ts';
import type { Spot } from './flaw.ts';

/**
 * Reads a long list in pieces of whole items, which takes a quarter of the memory and two thirds
 * of the time: the parser keeps 120 bytes for each character until it has read the last one.
 */

/** Long enough that starting a parser costs nothing against it. */
const pieceLength = 64 * 1024;

/** Anchors reach from one item into another, and these lines stand for the document as a whole. */
const reachesFurther = /&|^(?:%|---|\.\.\.)/m;

interface Piece extends Spot {
  /** The place of its first item in the whole list. */
  readonly first: number;
}

/**
 * @returns undefined for whatever is not a long list that is right in every piece: only the text
 * as a whole can say what it is, or what is wrong with it
 */
export function parseInPieces(text: string, parse: (text: string) => Parsed): Parsed | undefined {
  if (text.length < 2 * pieceLength || reachesFurther.test(text)) return undefined;
  const pieces: Piece[] = [];
  const items: unknown[] = [];
  for (const { start, end } of split(text)) {
    const parsed = parse(text.slice(start, end));
    if (!parsed.ok || parsed.document.flaws.count > 0) return undefined;
    const { value } = parsed.document;
    if (!Array.isArray(value)) return undefined;
    pieces.push({ start, end, first: items.length });
    for (const item of value) items.push(item);
  }
  const locate = locateIn(text, pieces, parse);
  return { ok: true, document: { value: items, flaws: new FirstFew(), locate } };
}

/** Each piece ends where a line begins with the dash of another item. */
function split(text: string): readonly Spot[] {
  const spots: Spot[] = [];
  for (let start = 0; start < text.length;) {
    const dash = text.indexOf('\n- ', start + pieceLength);
    const end = dash === -1 ? text.length : dash + 1;
    spots.push({ start, end });
    start = end;
  }
  return spots;
}

/** Reads the piece of a part again: to keep what the parser knows of all would cost what was won. */
function locateIn(
  text: string,
  pieces: readonly Piece[],
  parse: (text: string) => Parsed,
): Document['locate'] {
  const documents = new Map<Piece, Document>();
  const read = (piece: Piece): Document => {
    const parsed = parse(text.slice(piece.start, piece.end));
    if (!parsed.ok) throw new Error('a piece that was read before cannot be read again');
    documents.set(piece, parsed.document);
    return parsed.document;
  };
  return (parts) =>
    parts.map(({ path: [index, ...rest], part }) => {
      const piece = pieces.findLast(({ first }) => first <= Number(index ?? 0));
      if (piece === undefined) return { start: 0, end: text.length };
      const inner = index === undefined ? [] : [Number(index) - piece.first, ...rest];
      const [spot] = (documents.get(piece) ?? read(piece)).locate([{ path: inner, part }]);
      const { start, end } = spot ?? { start: 0, end: 0 };
      return { start: piece.start + start, end: piece.start + end };
    });
}
