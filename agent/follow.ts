import fs from 'node:fs';
import { limits } from '../bank/limits.ts';

const lineEnd = 0x0a;

/** Reads what is appended to a file, in whole lines: what stands behind the last end waits. */
export class FollowedFile {
  private readonly descriptor: number;
  private readonly watcher: fs.FSWatcher;
  private position: number;

  /**
   * A file that is not there yet begins empty.
   * @param from the first byte that is read
   * @param changed called when something may have been appended
   */
  constructor(file: string, from: number, changed: () => void) {
    this.descriptor = fs.openSync(file, 'a+');
    this.position = from;
    this.watcher = fs.watch(file, changed);
  }

  /**
   * @returns the next whole lines, at most a piece of them, or undefined if there are none yet. A
   * line that is longer than a piece is read whole.
   */
  next(): string | undefined {
    for (let size = limits.pieceBytes; ; size *= 2) {
      const chunk = Buffer.alloc(size);
      const length = fs.readSync(this.descriptor, chunk, 0, size, this.position);
      const end = chunk.subarray(0, length).lastIndexOf(lineEnd) + 1;
      if (end > 0) {
        this.position += end;
        return chunk.toString('utf8', 0, end);
      }
      if (length < size) return undefined;
    }
  }

  close(): void {
    this.watcher.close();
    fs.closeSync(this.descriptor);
  }
}
