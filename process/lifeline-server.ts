import net from 'node:net';
import { limits } from '../bank/limits.ts';
import type { Holder } from './lifeline.ts';
import { messageLine, MessageLines } from './message-lines.ts';
import { overTopic, type Told } from './told.ts';

/** Who wants to know what the holders of the lifeline say. */
export interface LifelineListener {
  /** A process holds the lifeline, and can be told something. */
  readonly held: (holder: Holder) => void;
  /** It let go of the lifeline: it has ended. */
  readonly released: (holder: Holder) => void;
  /** What it would send to pm2, where there is none: its progress or its metrics. */
  readonly said: (process: string, message: object) => void;
}

/**
 * The socket that tells children that their supervisor lives: each holds a connection, and ends at
 * once when it closes. The kernel closes it however this process dies.
 */
export class Lifeline {
  private readonly server: net.Server;
  private readonly connections = new Set<net.Socket>();
  private readonly holders = new Map<string, net.Socket>();

  private constructor(server: net.Server, listener: LifelineListener | undefined) {
    this.server = server;
    server.on('connection', (socket) => {
      this.connections.add(socket);
      // A child that dies takes its end along; that is told by the engine, not here.
      socket.on('error', () => this.connections.delete(socket));
      socket.on('close', () => this.connections.delete(socket));
      if (listener === undefined) socket.resume();
      else this.listen(socket, listener);
      socket.unref();
    });
  }

  /** @param listener where children have no other channel than this one */
  static open(path: string, listener?: LifelineListener): Promise<Lifeline> {
    return new Promise((resolve, reject) => {
      const server = net.createServer();
      const lifeline = new Lifeline(server, listener);
      server.on('error', reject);
      server.listen(path, () => resolve(lifeline));
      server.unref();
    });
  }

  /** @returns whether such a process holds the lifeline */
  tell(process: string, told: Told): boolean {
    const socket = this.holders.get(process);
    socket?.write(messageLine(told));
    return socket !== undefined;
  }

  /** Tells every process that holds the lifeline by now. */
  tellAll(told: Told): void {
    for (const socket of this.holders.values()) socket.write(messageLine(told));
  }

  /** Tells every child that the run is over, and takes no more; each lets go as it ends. */
  end(): void {
    this.server.close();
    for (const socket of this.connections) socket.ref().end(messageLine({ topic: overTopic }));
  }

  /** Ends every child that is still there. */
  close(): void {
    this.server.close();
    for (const socket of this.connections) socket.destroy();
  }

  /** The first line says who holds this connection; one that says what is no message is hung up on. */
  private listen(socket: net.Socket, listener: LifelineListener): void {
    let holder: Holder | undefined;
    const lines = new MessageLines(limits.messageLineLetters, (message) => {
      if (holder !== undefined) return listener.said(holder.process, message);
      if (!isHolder(message)) return void socket.destroy();
      holder = message;
      // A process that was started again may be here before the end of its last life is heard.
      this.holders.set(holder.process, socket);
      listener.held(holder);
    });
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (lines.take(text) !== undefined) socket.destroy();
    });
    socket.on('close', () => {
      if (holder === undefined) return;
      if (this.holders.get(holder.process) === socket) this.holders.delete(holder.process);
      listener.released(holder);
    });
  }
}

const isHolder = (message: object): message is Holder =>
  'process' in message &&
  typeof message.process === 'string' &&
  'pid' in message &&
  Number.isSafeInteger(message.pid);
