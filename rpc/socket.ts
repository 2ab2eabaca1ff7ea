import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const prefix = 'unix:';

/** A start takes 60 ms and more. */
const lookAgainMs = 10;
/** Who starts slowly has many others beside it, and is looked for less often. */
const lookAgainShare = 0.1;

/**
 * A Unix socket's file outlives a server that was killed, and would keep the next one from
 * listening. It is removed only if nobody answers there.
 * @returns whether somebody else listens at this target; always false for TCP, where the system
 * itself refuses a second listener
 */
export async function isTaken(target: string): Promise<boolean> {
  if (!target.startsWith(prefix)) return false;
  const file = target.slice(prefix.length);
  const code = await connectionError(file);
  if (code === 'ECONNREFUSED') removeFile(file);
  return code === undefined;
}

/** Removes the file of a Unix socket, as a server that closes does; for one that simply ends. */
export function removeSocket(target: string): void {
  if (target.startsWith(prefix)) removeFile(target.slice(prefix.length));
}

/** `fs.rmSync` would load what removes whole folders, up to half a millisecond for each branch. */
function removeFile(file: string): void {
  try {
    fs.unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * Waits until a server can be there: looking for the file of its socket costs a hundredth of a
 * connection that is refused. Of TCP nothing can be seen but by connecting.
 * @param until in milliseconds since 1970
 */
export async function awaitSocket(target: string, until: number): Promise<void> {
  if (!target.startsWith(prefix)) return;
  const file = target.slice(prefix.length);
  const began = Date.now();
  while (!fs.existsSync(file) && Date.now() < until)
    await pause(Math.max(lookAgainMs, (Date.now() - began) * lookAgainShare));
}

/** The code of the error that a connection meets; undefined if it is accepted. */
function connectionError(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(file);
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
  });
}
