import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { limits } from '../bank/limits.ts';
import { messageLine } from './message-lines.ts';
import { scratchFolder } from '../test/scratch.ts';
import { Lifeline } from './lifeline-server.ts';

interface Opened {
  readonly lifeline: Lifeline;
  readonly path: string;
  /** Emits `held` and `said` as they are heard. */
  readonly heard: EventEmitter;
}

async function open(t: TestContext): Promise<Opened> {
  const file = path.join(scratchFolder(t), 'lifeline');
  const heard = new EventEmitter();
  const lifeline = await Lifeline.open(file, {
    held: ({ process, pid }) => heard.emit('held', process, pid),
    released: ({ process, pid }) => heard.emit('released', process, pid),
    said: (process, message) => heard.emit('said', process, message),
  });
  t.after(() => lifeline.close());
  return { lifeline, path: file, heard };
}

/** A process that holds the lifeline, or tries to. */
function connect(t: TestContext, { path: file }: Opened): net.Socket {
  const socket = net.connect(file).setEncoding('utf8');
  socket.on('error', () => {});
  t.after(() => socket.destroy());
  return socket;
}

async function hold(t: TestContext, opened: Opened, name: string): Promise<net.Socket> {
  const held = once(opened.heard, 'held');
  const socket = connect(t, opened);
  socket.write(messageLine({ process: name, pid: 7 }));
  assert.deepEqual(await held, [name, 7]);
  return socket;
}

const turn = { topic: 'tally:turn' } as const;

test('a process is known by its first line, and heard by name from then on', async (t) => {
  const opened = await open(t);
  const [first, second] = [await hold(t, opened, 'visit-1'), await hold(t, opened, 'visit-2')];
  for (const [socket, name] of [
    [second, 'visit-2'],
    [first, 'visit-1'],
  ] as const) {
    const said = once(opened.heard, 'said');
    socket.write(messageLine({ type: 'tally:progress' }));
    assert.deepEqual(await said, [name, { type: 'tally:progress' }]);
  }
});

test('a process that is asked to end lets go, and that is heard', async (t) => {
  const opened = await open(t);
  const socket = await hold(t, opened, 'branch-1');
  const released = once(opened.heard, 'released');
  const told = once(socket, 'data');
  opened.lifeline.end();
  assert.deepEqual(await told, [messageLine({ topic: 'tally:over' })]);
  assert.deepEqual(await released, ['branch-1', 7]);
});

test('each process is told what is meant for it, and all what is meant for all', async (t) => {
  const opened = await open(t);
  const [first, second] = [await hold(t, opened, 'visit-1'), await hold(t, opened, 'visit-2')];
  const branch = { id: 2, process: 'branch-2', target: '10.0.0.2:7000', balance: 400 };
  const moved = { topic: 'tally:moved', branch } as const;
  const toldFirst = once(first, 'data');
  const toldSecond = once(second, 'data');
  assert.equal(opened.lifeline.tell('visit-2', turn), true);
  assert.deepEqual(await toldSecond, [messageLine(turn)]);
  const toldNext = once(second, 'data');
  opened.lifeline.tellAll(moved);
  assert.deepEqual(await toldFirst, [messageLine(moved)]);
  assert.deepEqual(await toldNext, [messageLine(moved)]);
});

test('who does not hold the lifeline cannot be told', async (t) => {
  const opened = await open(t);
  assert.equal(opened.lifeline.tell('visit-1', turn), false);
});

test('a process that was started again is told in its new life', async (t) => {
  const opened = await open(t);
  const earlier = await hold(t, opened, 'branch-1');
  const later = await hold(t, opened, 'branch-1');
  const ended = once(earlier, 'close');
  earlier.end();
  await ended;
  const told = once(later, 'data');
  assert.equal(opened.lifeline.tell('branch-1', turn), true);
  assert.deepEqual(await told, [messageLine(turn)]);
});

const hello = messageLine({ process: 'visit-1', pid: 7 });

const malformed = [
  { title: 'a first line that names no process', text: '{"pid":7}\n' },
  { title: 'a first line without process id', text: '{"process":"visit-1"}\n' },
  { title: 'what is no JSON', text: `${hello}oops\n` },
  {
    title: 'a line that does not end',
    text: `${hello}${'x'.repeat(limits.messageLineLetters + 1)}`,
  },
];

for (const { title, text } of malformed) {
  test(`${title} ends the connection`, { timeout: 10_000 }, async (t) => {
    const opened = await open(t);
    const socket = connect(t, opened);
    const closed = once(socket.resume(), 'close');
    socket.write(text);
    await closed;
    assert.equal(opened.lifeline.tell('visit-1', turn), false);
  });
}
