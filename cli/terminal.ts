/** Words for people: on standard error, in colour only on a terminal. */

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

const codes: Record<Style, readonly [number, number]> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export interface Terminal {
  /** A line of its own, above the drawn one. */
  readonly line: (text: string) => void;
  readonly style: (style: Style, text: string) => string;
  /** True if lines can be drawn over. */
  readonly isLive: boolean;
  /** Draws the last line anew; it stays below all others until `clear`. */
  readonly draw: (text: string) => void;
  readonly clear: () => void;
}

/** `NO_COLOR` and `FORCE_COLOR` are honoured as other programs do. */
export function openTerminal(stream: NodeJS.WriteStream): Terminal {
  const isTerminal = stream.isTTY && process.env['TERM'] !== 'dumb';
  const coloured = wantsColour(isTerminal);
  let drawn = '';
  const erase = (): string => (drawn === '' ? '' : '\r\u001b[2K');
  return {
    isLive: isTerminal,
    style: (style, text) => {
      const [on, off] = codes[style];
      return coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
    line: (text) => {
      stream.write(`${erase()}${text}\n${drawn}`);
    },
    draw: (text) => {
      const fitting = cutTo(text, stream.columns - 1);
      stream.write(`${erase()}${fitting}`);
      drawn = fitting;
    },
    clear: () => {
      stream.write(erase());
      drawn = '';
    },
  };
}

function wantsColour(isTerminal: boolean): boolean {
  if (process.env['NO_COLOR']) return false;
  const forced = process.env['FORCE_COLOR'];
  return forced === undefined ? isTerminal : forced !== '0';
}

/** A drawn line that wraps could not be drawn over. */
const cutTo = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
