/** The lifelines of this node's processes: each ends when the agent does, however that dies. */
import net from 'node:net';
import { limits } from '../bank/limits.ts';
import { LineSplitter } from '../process/line-splitter.ts';

/** What happens to the children, told as it happens. */
export interface ChildListener {
  readonly held: (process: string, pid: number) => void;
  readonly said: (process: string, message: object) => void;
}

interface Child {
  readonly process: string;
  readonly pid: number;
  readonly socket: net.Socket;
}

export class Children {
  private readonly server: net.Server;
  private readonly listener: ChildListener;
  private readonly living = new Set<Child>();

  private constructor(server: net.Server, listener: ChildListener) {
    this.server = server;
    this.listener = listener;
    server.on('connection', (socket) => this.welcome(socket));
  }

  static open(path: string, listener: ChildListener): Promise<Children> {
    const server = net.createServer();
    const children = new Children(server, listener);
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen(path, () => resolve(children));
    });
  }

  /** To the process of this name, or to all. */
  tell(process: string | null, message: object): void {
    const line = `${JSON.stringify(message)}\n`;
    for (const { socket } of this.named(process)) socket.write(line);
  }

  signal(process: string | null, signal: 'SIGINT' | 'SIGKILL'): void {
    for (const { pid } of this.named(process)) kill(pid, signal);
  }

  /** Ends them all: each ends by itself as its lifeline does, or is killed. */
  async close(): Promise<void> {
    this.server.close();
    const ends = [...this.living].map(
      ({ socket }) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const { socket } of this.living) socket.end();
    const timer = setTimeout(() => this.signal(null, 'SIGKILL'), limits.childEndMs);
    await Promise.all(ends);
    clearTimeout(timer);
  }

  private named(process: string | null): Child[] {
    return [...this.living].filter((child) => process === null || child.process === process);
  }

  /** The first line says whose lifeline it is. */
  private welcome(socket: net.Socket): void {
    let child: Child | undefined;
    const splitter = new LineSplitter(limits.agentLineBytes, (line) => {
      const message = JSON.parse(line) as object;
      if (child !== undefined) this.listener.said(child.process, message);
      else {
        child = { ...(message as Omit<Child, 'socket'>), socket };
        this.living.add(child);
        this.listener.held(child.process, child.pid);
      }
    });
    socket.on('data', (chunk: Buffer) => {
      if (!splitter.push(chunk)) socket.destroy();
    });
    // A child that dies takes its end along; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (child !== undefined) this.living.delete(child);
    });
  }
}

/** Only a process whose lifeline is open gets a signal, so its id cannot be another's yet. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
