import os from 'node:os';

/** A priority below the usual 0, as `nice` has it. */
const behind = 5;

/**
 * Lets other processes go first, for good. Customers start while another is at work, and would
 * take the processor from it and from the branches that it waits for.
 */
export function letOthersGoFirst(): void {
  try {
    os.setPriority(behind);
  } catch {
    // Where the system does not allow it everything still works, only a little later.
  }
}
