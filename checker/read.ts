import fs from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
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

/** A large piece is read faster; whoever follows a run has other things to do between small ones. */
const pieceBytes = 1024 * 1024;
const followedPieceBytes = 64 * 1024;
/** How long whoever has read everything waits for more. */
const lookAgainMs = 100;
const unreadableShown = 10;
const newline = 0x0a;

/**
 * Reads a history from its beginning to where it ends now, in one pass and with memory for a
 * piece and a line. Throws what the file system throws.
 */
export async function readHistory(path: string, take: TakeRecord): Promise<Reading> {
  const reader = await HistoryReader.open(path, take, pieceBytes);
  try {
    while (await reader.readOn());
    return reader.finish();
  } finally {
    await reader.close();
  }
}

/** The same of a history that is still being written: once it has `ended`, what is there is all. */
export async function followHistory(
  path: string,
  take: TakeRecord,
  ended: AbortSignal,
): Promise<Reading> {
  const reader = await HistoryReader.open(path, take, followedPieceBytes);
  try {
    for (let isLast = false; !isLast;) {
      isLast = ended.aborted;
      while (await reader.readOn());
      if (!isLast) await awaitMore(ended);
    }
    return reader.finish();
  } finally {
    await reader.close();
  }
}

/** Until there may be more to read, or it is known that no more will be written. */
async function awaitMore(ended: AbortSignal): Promise<void> {
  try {
    await pause(lookAgainMs, undefined, { signal: ended, ref: false });
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}

/** Reads a file of lines piece by piece. */
class HistoryReader {
  readonly #file: fs.FileHandle;
  readonly #lines: Lines;
  #buffer: Buffer<ArrayBuffer>;
  /** Bytes of an incomplete line, which stays in front of the next piece. */
  #kept = 0;

  static async open(path: string, take: TakeRecord, bytes: number): Promise<HistoryReader> {
    return new HistoryReader(await fs.open(path, 'r'), take, bytes);
  }

  private constructor(file: fs.FileHandle, take: TakeRecord, bytes: number) {
    this.#file = file;
    this.#lines = new Lines(take);
    this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** @returns false when there is nothing more at present */
  async readOn(): Promise<boolean> {
    // The buffer grows for a long line.
    if (this.#kept === this.#buffer.length) this.#buffer = grow(this.#buffer);
    const buffer = this.#buffer;
    const room = buffer.length - this.#kept;
    const { bytesRead } = await this.#file.read(buffer, this.#kept, room, null);
    const filled = this.#kept + bytesRead;
    const end = bytesRead === 0 ? 0 : buffer.lastIndexOf(newline, filled - 1) + 1;
    if (end > 0) this.#lines.takeText(buffer.toString('utf8', 0, end));
    buffer.copyWithin(0, end, filled);
    this.#kept = filled - end;
    return bytesRead > 0;
  }

  finish(): Reading {
    return this.#lines.finish(this.#buffer.toString('utf8', 0, this.#kept));
  }

  close(): Promise<void> {
    return this.#file.close();
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
