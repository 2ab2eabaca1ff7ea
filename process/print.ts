import fs from 'node:fs';
import { limits } from '../bank/limits.ts';

const windowMs = 1_000;
const standardOutput = 1;
const standardError = 2;

/**
 * Prints at most so many lines a second to standard output, then says how many it left out. Lines
 * are given as functions: one that is left out costs nothing but a count.
 */
export class Printer {
  private readonly write: (line: string) => void;
  private shown = 0;
  private leftOut = 0;
  private window: NodeJS.Timeout | undefined;

  constructor(write: (line: string) => void = (line) => print(standardOutput, line)) {
    this.write = write;
  }

  print(line: () => string): void {
    this.window ??= setTimeout(() => this.nextWindow(), windowMs).unref();
    this.shown += 1;
    if (this.shown <= limits.printedLinesPerSecond) this.write(line());
    else this.leftOut += 1;
  }

  /** Says what is still unsaid; to be called before the process ends. */
  flush(): void {
    if (this.leftOut > 0) this.write(`… ${this.leftOut} more`);
    this.leftOut = 0;
  }

  private nextWindow(): void {
    this.flush();
    this.shown = 0;
    this.window = undefined;
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
