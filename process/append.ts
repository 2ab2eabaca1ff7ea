import fs from 'node:fs';

/**
 * Appends a text with one write. A disk that is full may take a part of it and report no error:
 * going on would put the next line behind a torn one.
 */
export function appendWhole(descriptor: number, text: string): void {
  const written = fs.writeSync(descriptor, text);
  const wanted = Buffer.byteLength(text);
  if (written !== wanted)
    throw new Error(`only ${written} of ${wanted} bytes could be written; is the disk full?`);
}
