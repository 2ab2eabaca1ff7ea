import fs from 'node:fs';

const chunkBytes = 64 * 1024;
const lineEnd = 0x0a;
const completeLine = /^\{"complete":(\d+)\}$/;

/** What stands in the result file of a customer. */
export interface ResultLines {
  /** How many answers it holds. */
  readonly answers: number;
  /** Bytes up to the last line end; what stands behind it is torn. */
  readonly bytes: number;
  /** The customer has said that these are all. */
  readonly isComplete: boolean;
}

/** Reads in pieces and parses one line: the file of a long visit is larger than anybody should hold. */
export function inspectResults(descriptor: number): ResultLines {
  const { lines, bytes } = countLines(descriptor);
  const said = completeLine.exec(lastLine(descriptor, bytes))?.[1];
  if (said === undefined) return { answers: lines, bytes, isComplete: false };
  return { answers: lines - 1, bytes, isComplete: Number(said) === lines - 1 };
}

interface Lines {
  readonly lines: number;
  readonly bytes: number;
}

function countLines(descriptor: number): Lines {
  const chunk = Buffer.alloc(chunkBytes);
  let found: Lines = { lines: 0, bytes: 0 };
  let position = 0;
  for (;;) {
    const length = fs.readSync(descriptor, chunk, 0, chunkBytes, position);
    if (length === 0) return found;
    found = count(chunk.subarray(0, length), position, found);
    position += length;
  }
}

function count(chunk: Buffer, position: number, found: Lines): Lines {
  let { lines, bytes } = found;
  for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1)) {
    lines += 1;
    bytes = position + at + 1;
  }
  return { lines, bytes };
}

/** The line that says `{"complete":n}` is a short one. */
function lastLine(descriptor: number, bytes: number): string {
  const tail = Buffer.alloc(Math.min(bytes, 64));
  fs.readSync(descriptor, tail, 0, tail.length, bytes - tail.length);
  return tail.toString().trimEnd().split('\n').at(-1) ?? '';
}
