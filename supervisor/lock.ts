import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Held until `release`; the kernel releases it when the process dies, however it dies. */
export interface Lock {
  readonly release: () => void;
}

/**
 * One process at a time, for each `home`. The lock is a listening socket: on Linux an abstract
 * one, which leaves no file; elsewhere a file in `home`, which is removed when nobody listens.
 * Answers undefined when the lock was not free within `withinMs`, or the wait was aborted.
 */
export async function acquireLock(
  home: string,
  withinMs: number,
  abort?: AbortSignal,
): Promise<Lock | undefined> {
  const timeUp = AbortSignal.timeout(withinMs);
  const giveUp = abort === undefined ? timeUp : AbortSignal.any([timeUp, abort]);
  const address = lockAddress(home);
  for (;;) {
    const lock = await listen(address);
    if (lock !== undefined) return lock;
    if (giveUp.aborted) return undefined;
    await holderGone(address, giveUp);
  }
}

function lockAddress(home: string): string {
  if (process.platform !== 'linux') return path.join(home, 'tally.lock');
  const key = createHash('sha256').update(realPath(home)).digest('hex').slice(0, 32);
  return `\0tally-${process.getuid?.() ?? 0}-${key}`;
}

function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function listen(address: string): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const waiters = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      waiters.add(socket);
      // A waiter that goes away is no concern of the holder.
      socket.on('error', () => waiters.delete(socket));
      socket.on('close', () => waiters.delete(socket));
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve({ release: () => release(server, waiters) }));
    server.unref();
  });
}

/** Stops listening first, so that a waiter who is told finds the lock free. */
function release(server: net.Server, waiters: Set<net.Socket>): void {
  server.close();
  for (const socket of waiters) socket.destroy();
}

/** Connects to the holder and waits until the connection ends: then the lock may be free. */
function holderGone(address: string, giveUp: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const leave = (): void => void socket.destroy();
    giveUp.addEventListener('abort', leave);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') removeStale(address);
    });
    socket.on('close', () => {
      giveUp.removeEventListener('abort', leave);
      resolve();
    });
    socket.resume();
  });
}

/** A file whose holder died: nobody listens, so it only stands in the way. */
function removeStale(address: string): void {
  if (!address.startsWith('\0')) fs.rmSync(address, { force: true });
}
