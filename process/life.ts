import fs from 'node:fs';
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';

/**
 * Begins a life of a process.
 * @returns how many times this process was started before: 0 for the first life
 */
export function beginLife(folder: string, process: string): number {
  return appendMark(path.join(folder, runFiles.lives(process))) - 1;
}

/**
 * A count that survives everything: a file that is one byte longer each time. One append cannot be
 * torn, and two at once still count as two.
 * @returns how often it was counted, this time included
 */
export function appendMark(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = fs.openSync(file, 'a');
  try {
    fs.writeSync(descriptor, '.');
    return fs.fstatSync(descriptor).size;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** @returns how often it was counted so far */
export function countMarks(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
