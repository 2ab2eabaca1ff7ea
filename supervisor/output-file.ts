/** Where the merged output goes, and what happens to an output that is there already. */
import fs from 'node:fs';
import path from 'node:path';
import { inWords, type OutputFailure } from './file-trouble.ts';
import { makeFolder } from './make-folder.ts';
import { type StreamPlace, writeStream } from './output-stream.ts';

/** A regular file is replaced in one step; anything else, such as a pipe, is written to. */
export type OutputPlace = { readonly kind: 'file'; readonly path: string } | StreamPlace;

/**
 * Looks whether the output can be written, and moves an earlier one out of the way: from here on
 * nothing at this path looks like the result of this run unless it is.
 */
export function prepareOutput(output: string): OutputPlace | OutputFailure {
  if (output === '-' || isStandardOutput(output)) return { kind: 'standard-output' };
  try {
    // A link stays a link, and what it points to is the output.
    const file = fs.existsSync(output) ? fs.realpathSync(output) : output;
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true)
      return unwritable(output, 'it is a directory; name a file in it');
    if (stat?.isFile() === false) return { kind: 'stream', path: file };
    makeFolder(path.dirname(file));
    tryToWrite(file);
    moveAside(file, stat !== undefined);
    return { kind: 'file', path: file };
  } catch (error) {
    return unwritable(output, inWords(error));
  }
}

/** A whole result. The last run to finish wins, and its output is never mixed with another's. */
export async function writeOutput(
  place: OutputPlace,
  text: string,
): Promise<OutputFailure | undefined> {
  try {
    if (place.kind === 'file') replace(place.path, text);
    else await writeStream(place, text);
    return undefined;
  } catch (error) {
    const where = place.kind === 'standard-output' ? 'standard output' : place.path;
    return unwritable(where, inWords(error));
  }
}

/** What was received of a run that did not end well; only beside a file. */
export function writePartial(place: OutputPlace, text: string): string | OutputFailure | undefined {
  if (place.kind !== 'file') return undefined;
  const partial = beside(place.path, 'partial');
  try {
    replace(partial, text);
    return partial;
  } catch (error) {
    return unwritable(partial, inWords(error));
  }
}

/** `a/b.json` becomes `a/b.previous.json`. */
export function beside(file: string, word: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.${word}${ext}`);
}

/** Whatever these names point to, it is this process's own standard output. */
const isStandardOutput = (output: string): boolean =>
  ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'].includes(output);

/** Finds a full disk or a folder without permission before anything is started. */
function tryToWrite(output: string): void {
  const draft = draftOf(output);
  fs.writeFileSync(draft, 'x');
  fs.rmSync(draft);
}

function moveAside(output: string, exists: boolean): void {
  // A partial result of an earlier run is also in that run's own folder.
  fs.rmSync(beside(output, 'partial'), { force: true });
  if (!exists) return;
  try {
    fs.renameSync(output, beside(output, 'previous'));
  } catch (error) {
    // Another run with the same output was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function replace(file: string, text: string): void {
  const draft = draftOf(file);
  try {
    fs.writeFileSync(draft, text);
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

const draftOf = (file: string): string => `${file}.${process.pid}.draft`;

const unwritable = (where: string, why: string): OutputFailure => ({
  reason: 'output-unwritable',
  message: `the output ${where} cannot be written: ${why}`,
});
