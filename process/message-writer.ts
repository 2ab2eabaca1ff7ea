import type { Duplex } from 'node:stream';
import { messageLine } from './message-lines.ts';

/** Writes messages to a stream, a JSON object a line, and says when there is room for more. */
export class MessageWriter {
  private readonly stream: Duplex;
  private room: Promise<void> | undefined;

  constructor(stream: Duplex) {
    this.stream = stream;
  }

  /** Resolves when there is room for more; a stream that has closed takes everything. */
  write(message: object): Promise<void> {
    if (this.stream.destroyed || this.stream.write(messageLine(message))) return Promise.resolve();
    this.room ??= new Promise<void>((resolve) => {
      const { stream } = this;
      const done = (): void => {
        stream.off('drain', done).off('close', done);
        this.room = undefined;
        resolve();
      };
      stream.on('drain', done).on('close', done);
    });
    return this.room;
  }
}
