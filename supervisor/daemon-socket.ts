/** Whether a pm2 daemon listens in a home, without pm2. */
import net from 'node:net';
import { limits } from '../bank/limits.ts';
import { Pm2Error } from './pm2.ts';
import { daemonFiles } from './pm2-home.ts';

const lookMs = 10;

/** Somebody listens on the daemon's socket; a file alone, or a process id, may be a leftover. */
export async function answers(home: string): Promise<boolean> {
  const who = await knockUntil(home, ['somebody', 'nobody']);
  if (who === 'somebody' || who === 'nobody') return who === 'somebody';
  throw new Pm2Error(`its socket ${daemonFiles(home).requests} cannot be used (${who})`, false);
}

/** Nobody listens any more. Of a process that was killed, a thread may do so a little longer. */
export async function isDeserted(home: string): Promise<boolean> {
  return (await knockUntil(home, ['nobody'])) === 'nobody';
}

/** A socket whose process is about to end says neither; then it is asked again. */
async function knockUntil(home: string, wanted: readonly string[]): Promise<string> {
  const until = performance.now() + limits.lastThreadMs;
  for (;;) {
    const who = await knock(home);
    if (wanted.includes(who) || performance.now() > until) return who;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** @returns the system's word if neither is certain, for instance for a socket of another user */
function knock(home: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(daemonFiles(home).requests);
    socket.on('connect', () => {
      socket.destroy();
      resolve('somebody');
    });
    socket.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      resolve(code === 'ENOENT' || code === 'ECONNREFUSED' ? 'nobody' : code),
    );
  });
}
