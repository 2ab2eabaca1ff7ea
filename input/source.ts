import type { Flaw, Spot } from './flaw.ts';
import type { Place, Problem } from './problem.ts';
import { printable } from './words.ts';

/** The longest piece of a line that is shown; what does not fit is cut away on both sides. */
const excerptLength = 100;
/** How much of a long line is shown before the place. */
const excerptBefore = 40;

/** A text and its name, which turns places in the text into lines and columns. */
export class Source {
  readonly name: string;
  readonly text: string;
  private lineStarts: readonly number[] | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  problem({ start, end, message, advice }: Flaw): Problem {
    return { file: this.name, place: this.place({ start, end }), message, advice };
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    const starts = (this.lineStarts ??= findLineStarts(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  private place({ start, end }: Spot): Place {
    const line = this.lineOf(start);
    const lineStart = this.lineStarts?.[line - 1] ?? 0;
    const lineText = this.lineText(lineStart);
    const column = start - lineStart;
    const marked = Math.min(end, lineStart + lineText.length) - start;
    return { line, column: column + 1, ...excerpt(lineText, column, Math.max(1, marked)) };
  }

  private lineText(lineStart: number): string {
    const newline = this.text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? this.text.length : newline;
    return this.text.slice(lineStart, lineEnd).replace(/\r$/, '');
  }
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function excerpt(
  line: string,
  column: number,
  marked: number,
): Pick<Place, 'source' | 'underlineFrom' | 'underlineLength'> {
  const from = line.length <= excerptLength ? 0 : Math.max(0, column - excerptBefore);
  const shown = line.slice(from, from + excerptLength);
  const before = from > 0 ? '…' : '';
  const after = from + excerptLength < line.length ? '…' : '';
  const underlineFrom = before.length + column - from;
  return {
    source: before + printable(shown) + after,
    underlineFrom,
    underlineLength: Math.min(marked, Math.max(1, before.length + shown.length - underlineFrom)),
  };
}
