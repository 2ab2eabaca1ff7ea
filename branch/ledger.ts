import fs from 'node:fs';
import path from 'node:path';
import { appendWhole } from '../process/append.ts';
import { finalWord } from './consult.ts';
import type { OldWord } from './old-word.ts';
import type { LedgerRecord, Tx } from './protocol.ts';
import { encodeRecord, readLedger } from './record.ts';

const pieceBytes = 64 * 1024;

/** Takes a record in; a sentence when it contradicts what came before. */
type Replay = (record: LedgerRecord) => string | undefined;

export type OpenedLedger =
  | {
      readonly ok: true;
      readonly ledger: Ledger;
      /** Bytes of a last line that was cut off because it was torn. */
      readonly tornBytes: number;
    }
  | { readonly ok: false; readonly message: string };

/** A file that survives this process, or one on another machine that is to survive this machine. */
export type Medium = 'local' | 'shared';

/**
 * The file of what a branch never forgets. A record is one write, so it is in the kernel's hands
 * when `append` returns, and outlives a SIGKILL of this process. On a shared file system it is in the
 * hands of its server by then.
 */
export class Ledger {
  private readonly descriptor: number;

  private constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** Opens or creates the file and replays it. A line that cannot be believed is refused. */
  static open(file: string, replay: Replay, medium: Medium = 'local'): OpenedLedger {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const { O_RDWR, O_CREAT, O_APPEND, O_DSYNC } = fs.constants;
    const flags = O_RDWR | O_CREAT | O_APPEND | (medium === 'shared' ? O_DSYNC : 0);
    const descriptor = fs.openSync(file, flags, 0o666);
    const read = readInto(descriptor, replay);
    if (typeof read === 'number')
      return { ok: true, ledger: new Ledger(descriptor), tornBytes: read };
    fs.closeSync(descriptor);
    return { ok: false, message: `${file}:${read.line}: ${read.message}` };
  }

  append(record: LedgerRecord): void {
    appendWhole(this.descriptor, encodeRecord(record));
  }
}

/** @returns how many bytes of a torn last line were cut off, or which line is wrong */
function readInto(descriptor: number, replay: Replay): number | { line: number; message: string } {
  for (const entry of readLedger(pieces(descriptor))) {
    if (entry.type === 'corrupt') return entry;
    if (entry.type === 'torn') {
      fs.ftruncateSync(descriptor, entry.start);
      return entry.bytes;
    }
    const message = replay(entry.record);
    if (message !== undefined) return { line: entry.line, message };
  }
  return 0;
}

/** Looks up what a ledger that somebody else may still write says of an own update of its branch. */
export function consultLedger(file: string, tx: Tx): OldWord {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const word = finalWord(readLedger(pieces(descriptor)), tx);
      return word ?? { decision: 'undecided', why: `${file} does not tell what became of it` };
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    return { decision: 'undecided', why: `its ledger cannot be read: ${error.message}` };
  }
}

function* pieces(descriptor: number): Generator<string> {
  const buffer = Buffer.alloc(pieceBytes);
  for (let position = 0; ;) {
    const length = fs.readSync(descriptor, buffer, 0, pieceBytes, position);
    if (length === 0) return;
    position += length;
    yield buffer.toString('latin1', 0, length);
  }
}
