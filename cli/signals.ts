import type { Causes } from '../supervisor/cause.ts';
import { hearOutside, isInAllocation, tellOutside } from './inside.ts';

/** How often to look whether npm, our parent, is still there: nothing tells a child. */
const parentLookMs = 200;

/** A terminal's Ctrl-C reaches us and who started us, who passes it on: that is one, not two. */
const copyMs = 300;

/**
 * Turns signals into causes: the first stops the run in order, or ends what it is held for; the
 * second kills what is left and ends at once. When npm started us and is gone, that counts as SIGTERM.
 */
export function watchSignals(
  causes: Causes,
  startedByNpm: boolean,
): { readonly close: () => void } {
  let received = 0;
  let lastMs = -Infinity;
  const receive = (name: string, exitCode: 130 | 143): void => {
    const sinceMs = performance.now() - lastMs;
    lastMs = performance.now();
    if (isCopied && sinceMs < copyMs) return;
    received += 1;
    if (received > 1) {
      causes.kill();
      void tellOutside({ type: 'tally:ended', exitCode }).then(() => process.exit(exitCode));
      return;
    }
    if (causes.release()) return;
    const reason = exitCode === 130 ? 'signal-interrupt' : 'signal-terminate';
    causes.stop({ reason, message: `stopped by ${name}; once more ends everything at once` });
  };
  const isCopied = startedByNpm || isInAllocation;
  const interrupt = (): void => receive('SIGINT', 130);
  const terminate = (): void => receive('SIGTERM', 143);
  const hangUp = (): void => receive('SIGHUP', 143);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  process.on('SIGHUP', hangUp);
  const stopHearing = hearOutside(receive);
  const parent = startedByNpm ? watchParent(() => receive('the end of npm', 143)) : undefined;
  return {
    close: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
      process.off('SIGHUP', hangUp);
      clearInterval(parent);
      stopHearing();
    },
  };
}

function watchParent(gone: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, parentLookMs);
  timer.unref();
  return timer;
}
