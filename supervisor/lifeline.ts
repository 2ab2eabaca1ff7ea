import net from 'node:net';

/**
 * The socket that tells children that their supervisor lives: each holds a connection, and ends at
 * once when it closes. The kernel closes it however this process dies.
 */
export class Lifeline {
  private readonly server: net.Server;
  private readonly connections = new Set<net.Socket>();

  private constructor(server: net.Server) {
    this.server = server;
    server.on('connection', (socket) => {
      this.connections.add(socket);
      // A child that dies takes its end along; that is told by the engine, not here.
      socket.on('error', () => this.connections.delete(socket));
      socket.on('close', () => this.connections.delete(socket));
      socket.resume();
      socket.unref();
    });
  }

  static open(path: string): Promise<Lifeline> {
    return new Promise((resolve, reject) => {
      const server = net.createServer();
      const lifeline = new Lifeline(server);
      server.on('error', reject);
      server.listen(path, () => resolve(lifeline));
      server.unref();
    });
  }

  /** Ends every child that is still there. */
  close(): void {
    this.server.close();
    for (const socket of this.connections) socket.destroy();
  }
}
