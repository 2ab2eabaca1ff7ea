import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the compiled command line lies; the programs of the children lie beside it. */
export const buildFolder = path.dirname(fileURLToPath(import.meta.url));

/** Where the project lies, with the user's `ecosystem.template.js`. */
export const projectFolder = findProject(buildFolder);

function findProject(folder: string): string {
  return fs.existsSync(path.join(folder, 'ecosystem.template.js'))
    ? folder
    : findProject(path.dirname(folder));
}

export const tallyVersion = (): string => {
  const text = fs.readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

/** npm runs scripts in the project's folder; the user may stand elsewhere. */
export const startedByNpm =
  process.env['npm_lifecycle_event'] !== undefined &&
  process.env['npm_package_json'] === path.join(projectFolder, 'package.json');

const userFolder = (startedByNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd();

/** A path as the user meant it: relative to where they stand. */
export const userPath = (name: string): string => path.resolve(userFolder, name);

/** A path as the user would write it. */
export function shownPath(file: string): string {
  const relative = path.relative(userFolder, file);
  return relative.startsWith('..') ? file : relative;
}

/** The user's declaration of how processes are launched; never part of a build. */
export const templateFile = path.join(projectFolder, 'ecosystem.template.js');
