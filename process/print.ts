import fs from 'node:fs';
import { limits } from '../bank/limits.ts';
import { gatherMs } from './period.ts';

/** Lines are printed this often, and no more of them than anybody can read in that time. */
const windowMs = 1_000;
const standardOutput = 1;
const standardError = 2;

/**
 * Prints the lines of a second or more together, at most so many of them, and how many were left
 * out. Lines are given as functions: one that is left out costs nothing but a count.
 */
export class Printer {
  private readonly windowMs: number;
  private readonly write: (text: string) => void;
  private lines: string[] = [];
  private leftOut = 0;
  private window: NodeJS.Timeout | undefined;

  /** @param together how many processes print at the same time */
  constructor(
    together: number,
    write: (text: string) => void = (text) => print(standardOutput, text),
  ) {
    this.windowMs = gatherMs(windowMs, together);
    this.write = write;
  }

  print(line: () => string): void {
    this.window ??= setTimeout(() => this.flush(), this.windowMs).unref();
    if (this.lines.length < limits.printedLines) this.lines.push(line());
    else this.leftOut += 1;
  }

  /** Prints what is still unsaid; to be called before the process ends. */
  flush(): void {
    clearTimeout(this.window);
    this.window = undefined;
    if (this.leftOut > 0) this.lines.push(`… ${this.leftOut} more`);
    if (this.lines.length > 0) this.write(this.lines.join('\n'));
    this.lines = [];
    this.leftOut = 0;
  }
}

/** A line about trouble; never limited, because it is the last or nearly so. */
export const printTrouble = (line: string): void => print(standardError, line);

/** Written at once: a stream would still hold it when the process ends. */
function print(file: number, line: string): void {
  try {
    fs.writeSync(file, `${line}\n`);
  } catch {
    // The reader is gone or full. Nobody can be told, and work goes on.
  }
}
