/** Something of a run could not be written. */
export interface OutputFailure {
  readonly reason: 'output-unwritable';
  readonly message: string;
}

/**
 * What the system refused to do with a file, such as writing to a full disk; undefined for any
 * other error, which is a bug.
 */
export function fileTrouble(error: unknown, what: string): OutputFailure | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  return { reason: 'output-unwritable', message: `${what} cannot be written: ${inWords(error)}` };
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

/** What the system says in a few words. Its own would repeat the path, and name a system call. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const words = refusals[code];
  return words === undefined ? error.message : `${words} (${code})`;
}
