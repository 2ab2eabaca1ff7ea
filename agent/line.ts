/** The agent's connection to the supervisor: mutual TLS, one JSON object a line. */
import tls from 'node:tls';
import { limits } from '../bank/limits.ts';
import {
  type FromAgent,
  type SupervisorAnswer,
  supervisorName,
  type ToAgent,
} from '../process/agent-messages.ts';
import { MessageLines } from '../process/message-lines.ts';
import { MessageWriter } from '../process/message-writer.ts';

/** Why the line came to its end, in words. */
export type LineEnd = (why: string) => void;

export class Line {
  private readonly socket: tls.TLSSocket;
  private readonly writer: MessageWriter;
  private hear: (message: ToAgent) => void = () => {};
  private ended: LineEnd = () => {};
  private readonly beats: NodeJS.Timeout;
  private lease: NodeJS.Timeout | undefined;
  private isOver = false;

  constructor(socket: tls.TLSSocket) {
    this.socket = socket;
    this.writer = new MessageWriter(socket);
    socket.setNoDelay(true);
    this.beats = setInterval(() => this.beat(), limits.beatMs);
  }

  /** The address of this node in the network that it shares with the supervisor. */
  get address(): string {
    return this.socket.localAddress ?? '';
  }

  listen(hear: (message: ToAgent) => void, ended: LineEnd): void {
    this.hear = hear;
    this.ended = ended;
    const lines = new MessageLines(limits.agentLineLetters, (message) =>
      this.take(message as ToAgent),
    );
    this.socket.setEncoding('utf8').on('data', (text: string) => {
      const trouble = lines.take(text);
      if (trouble !== undefined) this.end(`the supervisor sent ${trouble}`);
    });
    this.socket.on('error', (error) =>
      this.end(`the line to the supervisor broke: ${error.message}`),
    );
    this.socket.on('close', () => this.end('the supervisor is gone'));
    this.renewLease(performance.now());
    this.beat();
  }

  /** Resolves when there is room for more. */
  send(message: FromAgent): Promise<void> {
    return this.writer.write(message);
  }

  /** Hangs up. */
  close(): void {
    this.isOver = true;
    clearInterval(this.beats);
    clearTimeout(this.lease);
    this.socket.destroy();
  }

  private take(message: ToAgent): void {
    if (message.type === 'beat') this.renewLease(message.sentMs);
    else this.hear(message);
  }

  private beat(): void {
    void this.send({ type: 'beat', sentMs: performance.now() });
  }

  /**
   * It counts from when the answered beat was sent. The supervisor got that beat later, and counts
   * from then: when the lease is over there, it is over here.
   */
  private renewLease(sentMs: number): void {
    clearTimeout(this.lease);
    const leftMs = sentMs + limits.leaseMs - performance.now();
    this.lease = setTimeout(
      () => this.end(`no word from the supervisor for ${limits.leaseMs} ms`),
      leftMs,
    );
  }

  private end(why: string): void {
    if (this.isOver) return;
    this.close();
    this.ended(why);
  }
}

/** What the agent has to prove itself with, and how it knows the supervisor. */
export interface Credentials extends SupervisorAnswer {
  /** PEM of the private key. */
  readonly key: string;
}

/**
 * Tries every address of the supervisor, since this node may reach only some of them.
 * @returns undefined if nobody who can prove to be the supervisor answers at any of them
 */
export async function connectToSupervisor(credentials: Credentials): Promise<Line | undefined> {
  const { addresses, port, ca, certificate: cert, key } = credentials;
  const sockets = addresses.map((host) =>
    tls.connect({ host, port, ca, cert, key, servername: supervisorName }),
  );
  const first = await Promise.any(sockets.map(secured)).catch(() => undefined);
  for (const socket of sockets) if (socket !== first) socket.destroy();
  return first === undefined ? undefined : new Line(first);
}

function secured(socket: tls.TLSSocket): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(), limits.nodeBirthMs);
    // What goes wrong after it is secured is told by its close.
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}
