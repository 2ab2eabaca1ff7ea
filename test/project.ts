import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, also when this runs from a build inside it. */
export const projectFolder = find(path.dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : find(path.dirname(folder));
}
