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
 * @param path of the supervisor's socket; undefined where nobody supervises
 */
export function holdLifeline(path: string | undefined, holder: Holder): Promise<void> {
  // Whoever started us, pm2's daemon as a rule, holds the other end of this channel.
  process.once('disconnect', () => end(holder, 'whoever started it is gone'));
  return path === undefined ? Promise.resolve() : connect(path, holder);
}

function connect(path: string, holder: Holder): Promise<void> {
  const socket = net.connect(path);
  const refused = (error: Error): void =>
    end(holder, `its supervisor does not answer at ${path} (${error.message}); the run is over`);
  socket.once('error', refused);
  return new Promise((resolve) => {
    socket.once('connect', () => {
      // From now on an error is an end like any other, and `close` follows it.
      socket.off('error', refused).on('error', () => {});
      socket.once('close', () => end(holder, 'its supervisor is gone'));
      socket.write(`${JSON.stringify(holder)}\n`);
      // Nothing is expected on it but its end, and it must not keep a finished process alive.
      socket.resume().unref();
      resolve();
    });
  });
}

function end(holder: Holder, what: string): void {
  printTrouble(`${holder.process} ends: ${what}`);
  process.exit(exitCode.supervisorGone);
}
