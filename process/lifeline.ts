import net from 'node:net';
import { limits } from '../bank/limits.ts';
import { exitCode } from './exit.ts';
import { messageLine, MessageLines } from './message-lines.ts';
import { printTrouble } from './print.ts';
import { overTopic, readTold, type Told } from './told.ts';

/** Who holds the lifeline, as the line that it sends says. */
export interface Holder {
  readonly process: string;
  readonly pid: number;
}

/**
 * Connects to the supervisor, and ends this process at once when the connection closes: the kernel
 * closes it however the supervisor dies. Resolves when the supervisor is known to be there, so a
 * process that is started by hand after its run ends before it has touched anything.
 * @param path of the supervisor's socket; undefined where nobody supervises
 */
export function holdLifeline(
  path: string | undefined,
  holder: Holder,
): Promise<HeldLifeline | undefined> {
  // Whoever started us, pm2's daemon as a rule, holds the other end of this channel.
  process.once('disconnect', () => end(holder, 'whoever started it is gone'));
  return path === undefined ? Promise.resolve(undefined) : connect(path, holder);
}

function connect(path: string, holder: Holder): Promise<HeldLifeline> {
  const socket = net.connect(path);
  const refused = (error: Error): void =>
    end(holder, `its supervisor does not answer at ${path} (${error.message}); the run is over`);
  socket.once('error', refused);
  return new Promise((resolve) => {
    socket.once('connect', () => {
      // From now on an error is an end like any other, and `close` follows it.
      socket.off('error', refused).on('error', () => {});
      const held = new HeldLifeline(socket, holder);
      socket.once('close', () => {
        if (!held.isOver) end(holder, 'its supervisor is gone');
      });
      socket.write(messageLine(holder));
      // It must not keep a finished process alive.
      socket.unref();
      resolve(held);
    });
  });
}

/** The child's end: what it hears from its supervisor, and tells it. */
export class HeldLifeline {
  /** The run is said to be over. Who hears the lifeline ends as it sees fit; any other at once. */
  isOver = false;
  private readonly socket: net.Socket;
  private readonly holder: Holder;
  private hearer: ((told: Told) => void) | undefined;
  /** Told before anybody here listened. */
  private early: Told[] = [];

  constructor(socket: net.Socket, holder: Holder) {
    this.socket = socket;
    this.holder = holder;
    const lines = new MessageLines(limits.messageLineLetters, (message) => this.receive(message));
    socket.setEncoding('utf8').on('data', (text: string) => {
      const trouble = lines.take(text);
      if (trouble !== undefined) this.refuse(trouble);
    });
  }

  /** For news of which only the latest counts: while nobody reads what was said, no more is. */
  readonly send = (message: object): void => {
    if (!this.socket.writableNeedDrain) this.socket.write(messageLine(message));
  };

  /** Hears everything from the first word on. The lifeline now keeps the process, which waits for it. */
  hear(hearer: (told: Told) => void): void {
    this.hearer = hearer;
    for (const told of this.early) hearer(told);
    this.early = [];
    this.socket.ref();
  }

  private receive(message: object): void {
    const told = readTold(message);
    if (told?.topic === overTopic) this.isOver = true;
    if (told === undefined) this.refuse(`a message that it does not know: ${messageLine(message)}`);
    else if (this.hearer !== undefined) this.hearer(told);
    else if (this.isOver) process.exit(exitCode.supervisorGone);
    else if (this.early.push(told) > limits.toldEarly) this.refuse('more than it can keep');
  }

  private refuse(what: string): never {
    end(this.holder, `its supervisor told it ${what.trim()}`);
  }
}

function end(holder: Holder, what: string): never {
  printTrouble(`${holder.process} ends: ${what}`);
  process.exit(exitCode.supervisorGone);
}
