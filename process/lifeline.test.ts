import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { limits } from '../bank/limits.ts';
import { scratchFolder } from '../test/scratch.ts';
import { HeldLifeline } from './lifeline.ts';
import { messageLine } from './message-lines.ts';
import type { Told } from './told.ts';

const program = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../test/fixtures/holds-a-lifeline.js',
);

/** A socket that a supervisor listens on, and tells what it likes. */
async function openSocket(t: TestContext, tell: (socket: net.Socket) => void): Promise<string> {
  const file = path.join(scratchFolder(t), 'lifeline');
  const server = net.createServer((socket) => {
    t.after(() => socket.destroy());
    tell(socket.on('error', () => {}));
  });
  t.after(() => server.close());
  await once(server.listen(file), 'listening');
  return file;
}

const turn = messageLine({ topic: 'tally:turn' });

test('what is told before a process listens is heard when it does', async (t) => {
  const file = await openSocket(t, (socket) => socket.write(turn));
  const socket = net.connect(file);
  t.after(() => socket.destroy());
  const lifeline = new HeldLifeline(socket, { process: 'visit-1', pid: 7 });
  await once(socket, 'data');
  const heard: Told[] = [];
  lifeline.hear((told) => heard.push(told));
  assert.deepEqual(heard, [{ topic: 'tally:turn' }]);
});

test('while nobody reads what a process says, it says no more', async (t) => {
  const file = await openSocket(t, (socket) => socket.pause());
  const socket = net.connect(file);
  t.after(() => socket.destroy());
  const lifeline = new HeldLifeline(socket, { process: 'visit-1', pid: 7 });
  const message = { text: 'x'.repeat(1_000) };
  for (let count = 0; count < 10_000; count += 1) lifeline.send(message);
  assert.ok(socket.writableLength < 1_000_000, `${socket.writableLength} bytes are kept`);
});

test('a process that is told that its run is over ends without a word', async (t) => {
  const over = messageLine({ topic: 'tally:over' });
  const file = await openSocket(t, (socket) => socket.write(over));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.deepEqual([stderr, code], ['', 75]);
});

test('who hears the lifeline hears that its run is over, and ends as it sees fit', async (t) => {
  const over = messageLine({ topic: 'tally:over' });
  const file = await openSocket(t, (socket) => socket.end(over));
  const socket = net.connect(file);
  t.after(() => socket.destroy());
  const lifeline = new HeldLifeline(socket, { process: 'branch-1', pid: 7 });
  const heard: Told[] = [];
  lifeline.hear((told) => heard.push(told));
  await once(socket, 'close');
  assert.deepEqual([heard, lifeline.isOver], [[{ topic: 'tally:over' }], true]);
});

test('a process that is told more than it can keep ends, and says so', async (t) => {
  const file = await openSocket(t, (socket) => socket.write(turn.repeat(limits.toldEarly + 1)));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.equal(stderr, 'branch-1 ends: its supervisor told it more than it can keep\n');
  assert.equal(code, 75);
});
