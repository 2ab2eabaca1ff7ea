/** The supervisor's end of the lines to the agents: mutual TLS, one JSON object a line. */
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { limits } from '../bank/limits.ts';
import type { FromAgent, ToAgent } from '../process/agent-messages.ts';
import { MessageLines } from '../process/message-lines.ts';
import { MessageWriter } from '../process/message-writer.ts';

/** PEM texts with which the supervisor proves itself, and knows the run's own. */
export interface SupervisorTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** An agent that has said hello. */
type Welcome = (line: AgentLine) => void;

/** Where agents connect. Who cannot prove to be one of the run gets no further than the handshake. */
export class AgentServer {
  private readonly server: tls.Server;
  private readonly expected = new Map<string, Welcome>();

  private constructor({ ca, certificate: cert, key }: SupervisorTls) {
    this.server = tls.createServer(
      { ca, cert, key, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
      (socket) => this.greet(socket),
    );
    // A stranger's handshake that fails is no trouble of ours.
    this.server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  static async open(credentials: SupervisorTls): Promise<AgentServer> {
    const opened = new AgentServer(credentials);
    opened.server.listen(0);
    await once(opened.server, 'listening');
    return opened;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** Calls back once, when the agent of this node has said hello. */
  expect(node: string, welcome: Welcome): void {
    this.expected.set(node, welcome);
  }

  /** Takes no more agents; lines that are open stay. */
  close(): void {
    this.server.close();
  }

  private greet(socket: tls.TLSSocket): void {
    const node = socket.getPeerCertificate().subject?.CN;
    const line = new AgentLine(socket);
    const timer = setTimeout(() => line.close('it did not say hello'), limits.nodeBirthMs);
    line.listen({
      hear: (message) => {
        clearTimeout(timer);
        const welcome = this.expected.get(String(node));
        if (message.type !== 'hello' || welcome === undefined) return line.close('not expected');
        this.expected.delete(String(node));
        line.address = message.address;
        welcome(line);
      },
      ended: () => clearTimeout(timer),
    });
  }
}

/** Who hears what comes over a line. */
export interface LineListener {
  readonly hear: (message: FromAgent) => void;
  /** The line is closed; nothing more is heard. */
  readonly ended: (why: string) => void;
}

/** How late a look may be before it tells more of this process than of the agent. */
const stallMs = 1_000;

export class AgentLine {
  /** Of the agent's machine, in the network that both are in. */
  address = '';
  private readonly socket: tls.TLSSocket;
  private readonly writer: MessageWriter;
  private listener: LineListener = { hear: () => {}, ended: () => {} };
  private heardMs = performance.now();
  private lookedMs = performance.now();
  private readonly looks: NodeJS.Timeout;
  /** Why it is closed; undefined while it is open. */
  private over: string | undefined;

  constructor(socket: tls.TLSSocket) {
    this.socket = socket;
    this.writer = new MessageWriter(socket);
    socket.setNoDelay(true);
    const lines = new MessageLines(limits.agentLineLetters, (message) =>
      this.take(message as FromAgent),
    );
    socket.setEncoding('utf8').on('data', (text: string) => {
      const trouble = lines.take(text);
      if (trouble !== undefined) this.close(`its agent sent ${trouble}`);
    });
    socket.on('error', (error) => this.close(`the line to it broke: ${error.message}`));
    socket.on('close', () => this.close('its agent hung up'));
    this.looks = setInterval(() => this.look(), limits.beatMs / 2);
  }

  /** Who listens from now on; to a line that is closed already there is only its end. */
  listen(listener: LineListener): void {
    this.listener = listener;
    if (this.over !== undefined) listener.ended(this.over);
  }

  /** By when the agent has ended its processes, unless it is heard of again; monotonic clock. */
  get leaseEndMs(): number {
    return this.heardMs + limits.leaseMs + limits.leaseMarginMs;
  }

  /** Resolves when there is room for more. */
  send(message: ToAgent): Promise<void> {
    return this.writer.write(message);
  }

  close(why: string): void {
    if (this.over !== undefined) return;
    this.over = why;
    clearInterval(this.looks);
    this.socket.destroy();
    this.listener.ended(why);
  }

  private take(message: FromAgent): void {
    if (this.over !== undefined) return;
    this.heardMs = performance.now();
    // An answer to a beat renews the agent's lease, so it is given only while this line is open.
    if (message.type === 'beat') void this.send(message);
    else this.listener.hear(message);
  }

  private look(): void {
    const nowMs = performance.now();
    const isLate = nowMs - this.lookedMs > limits.beatMs / 2 + stallMs;
    this.lookedMs = nowMs;
    // What arrived while this process stood still has not been read yet.
    if (isLate) this.heardMs = nowMs;
    else if (nowMs > this.leaseEndMs)
      this.close(`nothing was heard of it for ${Math.round(nowMs - this.heardMs)} ms`);
  }
}
