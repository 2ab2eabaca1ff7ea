export const messageLine = (message: object): string => `${JSON.stringify(message)}\n`;

/** Takes messages from a stream of text: a JSON object a line. */
export class MessageLines {
  private readonly longestLetters: number;
  private readonly hear: (message: object) => void;
  private rest = '';

  constructor(longestLetters: number, hear: (message: object) => void) {
    this.longestLetters = longestLetters;
    this.hear = hear;
  }

  /**
   * Hands on every message that is whole by now.
   * @returns why a line is no message, after which nothing on this stream can be trusted
   */
  take(text: string): string | undefined {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = line.length > this.longestLetters ? undefined : parse(line);
      if (message === undefined) return describe(line);
      this.hear(message);
    }
    return this.rest.length > this.longestLetters ? describe(this.rest) : undefined;
  }
}

function parse(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const shownLetters = 40;

const describe = (line: string): string =>
  `a line of ${line.length} letters that is no message: ${JSON.stringify(line.slice(0, shownLetters))}`;
