import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's own folder, also when this runs from a build inside it. */
export const projectFolder = find(path.dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : find(path.dirname(folder));
}

/** The folder of a project's own build, made now unless it is there. */
export async function freshBuild(project: string = projectFolder): Promise<string> {
  const script = pathToFileURL(path.join(project, 'build/build.js')).href;
  return ((await import(script)) as typeof import('../build/build.js')).freshBuild();
}
