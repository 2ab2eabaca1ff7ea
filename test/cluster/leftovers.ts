import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const folderPrefix = 'tally-cluster-';

/** Removes the folders of clusters whose owner did not live to do so; their processes ended with it. */
export function removeLeftovers(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name);
    if (name.startsWith(folderPrefix) && isAbandoned(folder))
      fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder: string): boolean {
  try {
    return !fs.existsSync(`/proc/${fs.readFileSync(path.join(folder, 'owner'), 'utf8')}`);
  } catch {
    // Still being made, or somebody else's.
    return false;
  }
}
