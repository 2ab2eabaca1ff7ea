import type { Causes } from '../supervisor/cause.ts';

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
      process.exit(exitCode);
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
  const stopHearing = hearPassedOn(receive);
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

/** What the Tally outside of a job tells the one in it. */
export interface PassedSignal {
  readonly type: 'tally:signal';
  readonly name: string;
  readonly exitCode: 130 | 143;
}

/** What the Tally in a job tells the one outside: from now on signals are passed on to it. */
export const beganMessage = { type: 'tally:began' } as const;

/** Set for a Tally in a Slurm job that another one waits for. */
export const inAllocationVariable = 'TALLY_IN_ALLOCATION';

const isInAllocation = process.env[inAllocationVariable] !== undefined;

/** Its signals are for the Tally that waits outside of the job, which passes them on. */
function hearPassedOn(receive: (name: string, exitCode: 130 | 143) => void): () => void {
  if (!isInAllocation) return () => {};
  const hear = (message: unknown): void => {
    const { name, exitCode } = message as PassedSignal;
    receive(name, exitCode);
  };
  const gone = (): void => receive('the end of the Tally that waited for it', 143);
  process.send?.(beganMessage);
  process.on('message', hear).on('disconnect', gone);
  return () => void process.off('message', hear).off('disconnect', gone);
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
