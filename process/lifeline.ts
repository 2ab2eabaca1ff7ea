import net from 'node:net';
import { exitCode } from './exit.ts';
import { printTrouble } from './print.ts';

/** Who holds the lifeline, as the line that it sends says. */
export interface Holder {
  readonly process: string;
  readonly pid: number;
}

/**
 * Connects to the supervisor, and ends this process at once when the connection closes: the kernel
 * closes it however the supervisor dies. Resolves when the supervisor is known to be there, so a
 * process that is started by hand after its run ends before it has touched anything.
 */
export function holdLifeline(path: string, holder: Holder): Promise<void> {
  const end = (what: string): void => {
    printTrouble(`${holder.process} ends: ${what}`);
    process.exit(exitCode.supervisorGone);
  };
  // pm2's daemon holds the other end of this channel, and nobody could stop us without it.
  process.once('disconnect', () => end('the pm2 daemon that started it is gone'));
  return new Promise((resolve) => {
    const socket = net.connect(path, () => {
      socket.write(`${JSON.stringify(holder)}\n`);
      resolve();
    });
    socket.once('error', (error) =>
      end(`its supervisor does not answer at ${path} (${error.message}); the run is over`),
    );
    socket.once('close', () => end('its supervisor is gone'));
    // Nothing is expected on it but its end, and it must not keep a finished process alive.
    socket.resume();
    socket.unref();
  });
}
