import fs from 'node:fs';
import type { ResultLine } from '../bank/result.ts';
import { appendWhole } from '../process/append.ts';

const chunkBytes = 64 * 1024;
const lineEnd = 0x0a;

/** What an earlier life of this customer left in its result file. */
interface Found {
  /** Complete lines. */
  readonly lines: number;
  /** Bytes up to the last line end; what stands behind it is torn. */
  readonly bytes: number;
}

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
    const { lines, bytes } = find(this.descriptor);
    fs.ftruncateSync(this.descriptor, bytes);
    this.isComplete = lines > 0 && hasCompleteLine(this.descriptor, bytes);
    this.answers = this.isComplete ? lines - 1 : lines;
  }

  append(line: ResultLine): void {
    appendWhole(this.descriptor, `${JSON.stringify(line)}\n`);
    if (!('complete' in line)) this.answers += 1;
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}

/** Reads in pieces: the file of a long visit is larger than what a customer should hold. */
function find(descriptor: number): Found {
  const chunk = Buffer.alloc(chunkBytes);
  let found: Found = { lines: 0, bytes: 0 };
  let position = 0;
  for (;;) {
    const length = fs.readSync(descriptor, chunk, 0, chunkBytes, position);
    if (length === 0) return found;
    found = count(chunk.subarray(0, length), position, found);
    position += length;
  }
}

function count(chunk: Buffer, position: number, { lines, bytes }: Found): Found {
  let found = { lines, bytes };
  for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1))
    found = { lines: found.lines + 1, bytes: position + at + 1 };
  return found;
}

/** Only the last line says `{"complete":n}`, and that is a short one. */
function hasCompleteLine(descriptor: number, bytes: number): boolean {
  const tail = Buffer.alloc(Math.min(bytes, 64));
  fs.readSync(descriptor, tail, 0, tail.length, bytes - tail.length);
  const lastLine = tail.toString().trimEnd().split('\n').at(-1) ?? '';
  return lastLine.startsWith('{"complete":');
}
