/** What a Tally in a Slurm job and the one that asked for the job tell each other. */
import type { ExitCode } from './exit-codes.ts';

/** Set for a Tally in a job that another Tally asked for, and waits for. */
export const inAllocationVariable = 'TALLY_IN_ALLOCATION';

export const isInAllocation = process.env[inAllocationVariable] !== undefined;

/** A signal, which people send to the Tally outside. */
export interface ToInside {
  readonly type: 'tally:signal';
  readonly name: string;
  readonly exitCode: 130 | 143;
}

export type FromInside =
  /** From now on signals are to be passed on. */
  | { readonly type: 'tally:began'; readonly jobId: string }
  /** The last message: salloc does not tell how a command was killed. */
  | { readonly type: 'tally:ended'; readonly exitCode: ExitCode };

/** Resolves when it is on its way; at once where nobody waits. */
export async function tellOutside(message: FromInside): Promise<void> {
  if (!isInAllocation || !process.connected) return;
  await new Promise<void>((resolve) => process.send?.(message, () => resolve()));
}

/**
 * Hears signals that are passed on, and the end of who passes them on.
 * @returns a function that stops listening
 */
export function hearOutside(receive: (name: string, exitCode: 130 | 143) => void): () => void {
  if (!isInAllocation) return () => {};
  const hear = (message: unknown): void => {
    const { name, exitCode } = message as ToInside;
    receive(name, exitCode);
  };
  const gone = (): void => receive('the end of the Tally that waited for it', 143);
  process.on('message', hear).on('disconnect', gone);
  void tellOutside({ type: 'tally:began', jobId: process.env['SLURM_JOB_ID'] ?? '' });
  return () => void process.off('message', hear).off('disconnect', gone);
}
