/** Writes to what is no file: standard output, a pipe, a device. */
import fs from 'node:fs';
import net from 'node:net';
import { finished } from 'node:stream/promises';

export type StreamPlace =
  | { readonly kind: 'stream'; readonly path: string }
  | { readonly kind: 'standard-output' };

/** How often to look whether somebody has opened the other end of a named pipe. */
const readerLookMs = 50;

export async function writeStream(place: StreamPlace, text: string): Promise<void> {
  if (place.kind === 'standard-output') await writeStandardOutput(text);
  else if (fs.statSync(place.path).isFIFO()) await writePipe(place.path, text);
  else fs.writeFileSync(place.path, text);
}

/** Also to a reader that is slow, or that leaves before the end. */
function writeStandardOutput(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Waits for a reader, as everybody who writes to a named pipe does, yet hears signals meanwhile. */
async function writePipe(file: string, text: string): Promise<void> {
  const socket = new net.Socket({ fd: await openForReader(file), readable: false, writable: true });
  socket.end(text);
  await finished(socket);
}

async function openForReader(file: string): Promise<number> {
  for (;;) {
    try {
      return fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    } catch (error) {
      // Nobody reads yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await new Promise((resolve) => setTimeout(resolve, readerLookMs));
    }
  }
}
