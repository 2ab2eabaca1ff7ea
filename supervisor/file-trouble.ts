import type { OutputFailure } from './output-file.ts';

/**
 * What the system refused to do with a file, such as writing to a full disk; undefined for any
 * other error, which is a bug.
 */
export function fileTrouble(error: unknown, what: string): OutputFailure | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  return { reason: 'output-unwritable', message: `${what} cannot be written: ${error.message}` };
}
