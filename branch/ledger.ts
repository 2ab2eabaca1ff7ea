import fs from 'node:fs';
import path from 'node:path';
import { appendWhole } from '../process/append.ts';
import type { LedgerRecord } from './protocol.ts';
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

/**
 * The file of what a branch never forgets. A record is one write, so it is in the kernel's hands
 * when `append` returns, and outlives a SIGKILL of this process.
 */
export class Ledger {
  private readonly descriptor: number;

  private constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** Opens or creates the file and replays it. A line that cannot be believed is refused. */
  static open(file: string, replay: Replay): OpenedLedger {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const { O_RDWR, O_CREAT, O_APPEND } = fs.constants;
    const descriptor = fs.openSync(file, O_RDWR | O_CREAT | O_APPEND, 0o666);
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

function* pieces(descriptor: number): Generator<string> {
  const buffer = Buffer.alloc(pieceBytes);
  for (let position = 0; ;) {
    const length = fs.readSync(descriptor, buffer, 0, pieceBytes, position);
    if (length === 0) return;
    position += length;
    yield buffer.toString('latin1', 0, length);
  }
}
