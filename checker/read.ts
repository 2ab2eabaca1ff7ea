import fs from 'node:fs/promises';
import type { HistoryRecord } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import { isHistoryRecord } from './shape.ts';

/** What reading a history came upon besides records. */
export interface Reading {
  /** Lines read, an unfinished last one included. */
  readonly lines: number;
  /** Lines, from 1, that are not records of a history; the first few of them. */
  readonly unreadable: readonly number[];
  readonly unreadableCount: number;
  /** The last line has no end: its process was still writing, or died. */
  readonly torn: boolean;
}

/** Receives the records in the order of the file; lines count from 1. Throwing ends the reading. */
export type TakeRecord = (record: HistoryRecord, line: number) => void;

const chunkBytes = 1024 * 1024;
const unreadableShown = 10;
const newline = 0x0a;

/**
 * Reads a history from its beginning to where it ends now, in one pass and with memory for a
 * chunk and a line. Throws what the file system throws.
 */
export async function readHistory(path: string, take: TakeRecord): Promise<Reading> {
  const file = await fs.open(path, 'r');
  try {
    const lines = new Lines(take);
    let buffer = Buffer.allocUnsafe(chunkBytes);
    let kept = 0;
    for (;;) {
      // An incomplete line stays in front of the next chunk; the buffer grows for a long one.
      if (kept === buffer.length) buffer = grow(buffer);
      const { bytesRead } = await file.read(buffer, kept, buffer.length - kept, null);
      if (bytesRead === 0) break;
      const filled = kept + bytesRead;
      const end = buffer.lastIndexOf(newline, filled - 1) + 1;
      if (end > 0) lines.takeText(buffer.toString('utf8', 0, end));
      buffer.copyWithin(0, end, filled);
      kept = filled - end;
    }
    return lines.finish(buffer.toString('utf8', 0, kept));
  } finally {
    await file.close();
  }
}

function grow(buffer: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (buffer.length >= limits.historyLineBytes) {
    throw new Error(
      `A line is longer than ${limits.historyLineBytes} bytes: this is no history of a run.`,
    );
  }
  return Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
}

/** Counts lines, parses them, and hands on those that are records. */
class Lines {
  readonly #take: TakeRecord;
  readonly #unreadable: number[] = [];
  #unreadableCount = 0;
  #count = 0;

  constructor(take: TakeRecord) {
    this.#take = take;
  }

  /** Takes whole lines, each with its newline. */
  takeText(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#takeLine(text.slice(start, end));
      start = end + 1;
    }
  }

  /** Takes what stands behind the last newline; a whole record there only lacks its newline. */
  finish(rest: string): Reading {
    const torn = rest !== '' && !isHistoryRecord(parse(rest));
    if (rest !== '' && !torn) this.#takeLine(rest);
    return {
      lines: this.#count + (torn ? 1 : 0),
      unreadable: this.#unreadable,
      unreadableCount: this.#unreadableCount,
      torn,
    };
  }

  #takeLine(text: string): void {
    this.#count += 1;
    const value = parse(text);
    if (isHistoryRecord(value)) {
      this.#take(value, this.#count);
      return;
    }
    this.#unreadableCount += 1;
    if (this.#unreadable.length < unreadableShown) this.#unreadable.push(this.#count);
  }
}

/** The value of a JSON text; `undefined`, which no JSON is, when it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
