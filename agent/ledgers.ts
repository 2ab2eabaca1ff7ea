/** The run's ledgers in a folder that all nodes share, in place of the one that is this node's own. */
import fs from 'node:fs';
import path from 'node:path';
import type { ToAgent } from '../process/agent-messages.ts';

/**
 * Carries out what is wanted of the shared folder.
 * @param own the node's private folder
 * @returns what the file system said against it, or null
 */
export function useLedgers(
  own: string,
  { folder, what }: Pick<ToAgent & { type: 'ledgers' }, 'folder' | 'what'>,
): string | null {
  try {
    if (what === 'remove') fs.rmSync(folder, { recursive: true });
    else {
      // Only the first makes it, so that a folder that is not shared is missed by the others.
      if (what === 'make') fs.mkdirSync(folder, { mode: 0o700 });
      tryToWrite(path.join(folder, `.${path.basename(own)}`));
      redirect(path.join(own, 'ledgers'), folder);
    }
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    return error.message;
  }
}

function tryToWrite(file: string): void {
  fs.writeFileSync(file, '');
  fs.rmSync(file);
}

/** Who follows ledgers by their names in the private folder finds the shared ones. */
function redirect(name: string, folder: string): void {
  fs.rmdirSync(name);
  fs.symlinkSync(folder, name);
}
