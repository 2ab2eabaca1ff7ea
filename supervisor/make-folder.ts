import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it; one that is there already is fine. Node's own way does not
 * come back where the system says that a folder which is there does not exist, as in /proc.
 */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another run may have made it just now.
    if (!fs.existsSync(folder)) throw error;
  }
}
