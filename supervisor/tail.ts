import fs from 'node:fs';
import { limits } from '../bank/limits.ts';

/** The last lines that a process wrote, cut by bytes: one line of a bundle can be 400 KB long. */
export function tail(file: string): string {
  let text: string;
  try {
    text = readEnd(file);
  } catch {
    return '';
  }
  return text.trim();
}

function readEnd(file: string): string {
  const descriptor = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    const length = Math.min(size, limits.tailBytes);
    const bytes = Buffer.alloc(length);
    fs.readSync(descriptor, bytes, 0, length, size - length);
    return bytes.toString('utf8');
  } finally {
    fs.closeSync(descriptor);
  }
}

/** For the end of an error message: the process's last words and the path of all of them. */
export function lastWords(file: string): string {
  const words = tail(file);
  const indented = words.replaceAll('\n', '\n    ');
  return words === ''
    ? `; it said nothing (${file})`
    : `; its last words (all in ${file}):\n    ${indented}`;
}
