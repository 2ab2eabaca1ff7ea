import fs from 'node:fs';
import net from 'node:net';

const prefix = 'unix:';

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
  if (code === 'ECONNREFUSED') fs.rmSync(file, { force: true });
  return code === undefined;
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
