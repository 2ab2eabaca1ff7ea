import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { MessageWriter } from './message-writer.ts';

/** A stream that takes one message at a time, and no more until it is told to. */
class Narrow extends Duplex {
  readonly taken: string[] = [];
  private next: () => void = () => {};

  constructor() {
    super({ writableHighWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.taken.push(chunk.toString());
    this.next = done;
  }

  override _read(): void {}

  go(): void {
    this.next();
  }
}

const state = async (promise: Promise<void>): Promise<string> =>
  Promise.race([promise.then(() => 'room'), new Promise<string>((r) => setImmediate(r, 'full'))]);

test('there is room again when the stream has taken what it was given', async () => {
  const stream = new Narrow();
  const writer = new MessageWriter(stream);
  const first = writer.write({ a: 1 });
  const second = writer.write({ a: 2 });
  assert.equal(await state(first), 'full');
  stream.go();
  assert.equal(await state(second), 'full');
  stream.go();
  await Promise.all([first, second]);
  assert.deepEqual(stream.taken, ['{"a":1}\n', '{"a":2}\n']);
  assert.equal(stream.listenerCount('drain') + stream.listenerCount('close'), 0);
});

test('nobody waits for a stream that closes, or has closed', async () => {
  const stream = new Narrow();
  const writer = new MessageWriter(stream);
  const waiting = writer.write({ a: 1 });
  stream.destroy();
  await waiting;
  await writer.write({ a: 2 });
  assert.deepEqual(stream.taken, ['{"a":1}\n']);
});
