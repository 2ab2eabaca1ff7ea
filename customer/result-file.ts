import fs from 'node:fs';
import type { ResultLine } from '../bank/result.ts';
import { appendWhole } from '../process/append.ts';
import { inspectResults } from '../process/result-lines.ts';

/**
 * What a customer received, one line an answer, written at once: whatever happens to the process,
 * the next life goes on behind the last complete line.
 */
export class ResultFile {
  private readonly descriptor: number;
  /** How many answers it holds. */
  answers: number;
  /** The customer has said that these are all. */
  readonly isComplete: boolean;

  constructor(file: string) {
    this.descriptor = fs.openSync(
      file,
      fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_APPEND,
      0o666,
    );
    const { answers, bytes, isComplete } = inspectResults(this.descriptor);
    fs.ftruncateSync(this.descriptor, bytes);
    this.isComplete = isComplete;
    this.answers = answers;
  }

  append(line: ResultLine): void {
    appendWhole(this.descriptor, `${JSON.stringify(line)}\n`);
    if (!('complete' in line)) this.answers += 1;
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}
