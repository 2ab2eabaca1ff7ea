import path from 'node:path';
import { limits } from '../bank/limits.ts';
import { FollowedFile } from './follow.ts';
import type { Line } from './line.ts';

/**
 * Delivers to the supervisor what the node's processes write, while they write it. The files are
 * the buffer: nothing is read before the connection has taken what was read before.
 */
export class Delivery {
  private readonly folder: string;
  private readonly line: Line;
  private readonly files = new Map<string, FollowedFile>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  /** One delivery at a time keeps the lines of a file in order. */
  private underWay: Promise<void> = Promise.resolve();

  constructor(folder: string, line: Line) {
    this.folder = folder;
    this.line = line;
  }

  follow(name: string, from: number): void {
    const file = path.join(this.folder, name);
    this.files.set(name, new FollowedFile(file, from, () => this.wake(name)));
  }

  unfollow(name: string): void {
    this.files.get(name)?.close();
    this.files.delete(name);
    this.changed.delete(name);
  }

  /** Resolves when everything that was written before this call is on its way. */
  flush(): Promise<void> {
    for (const name of this.files.keys()) this.changed.add(name);
    return this.deliver();
  }

  private wake(name: string): void {
    this.changed.add(name);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.deliver();
    }, limits.gatherMs);
  }

  private deliver(): Promise<void> {
    this.underWay = this.underWay.then(() => this.deliverChanged());
    return this.underWay;
  }

  private async deliverChanged(): Promise<void> {
    for (const name of this.changed) {
      this.changed.delete(name);
      for (;;) {
        const text = this.files.get(name)?.next();
        if (text === undefined) break;
        await this.line.send({ type: 'lines', file: name, text });
      }
    }
  }
}
