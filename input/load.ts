import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Flaw } from './flaw.ts';
import { suggest } from './suggest.ts';
import { megabytes } from './words.ts';

/** Reads a file, or standard input for `-`, into a text. */

/** The text, or why there is none; a flaw only where the place in the file is known. */
export type Loaded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'syntax'; readonly text: string; readonly flaw: Flaw }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'directory' | 'unreadable' | 'too-large';
      readonly message: string;
      readonly advice: string;
    };

export type LoadFailure = Exclude<Loaded, { ok: true }>;

export interface InputFileName {
  /** A path as the operating system takes it, or `-` for standard input. */
  readonly path: string;
  /** What the user called it, for messages. */
  readonly name: string;
}

export async function loadText(file: InputFileName): Promise<Loaded> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readLimited(file.path === '-' ? process.stdin : fs.createReadStream(file.path));
  } catch (error) {
    return failure(file, error);
  }
  if (bytes === undefined) return tooLarge();
  return decode(bytes);
}

/** All bytes of a stream, or undefined when there are more than an input may have. */
async function readLimited(stream: NodeJS.ReadableStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limits.inputBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (): LoadFailure => ({
  ok: false,
  reason: 'too-large',
  message: `the file is larger than ${megabytes(limits.inputBytes)}, the most that is read`,
  advice: 'Split it into several runs.',
});

/** Words for what the operating system says when a file cannot be read. */
function failure(file: InputFileName, error: unknown): LoadFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { ok: false, reason: 'missing', message: 'there is no such file', advice: near(file) };
  if (code === 'EISDIR')
    return {
      ok: false,
      reason: 'directory',
      message: 'this is a folder, not a file',
      advice: 'Name a file in it.',
    };
  const why = refusals[code] ?? code;
  return {
    ok: false,
    reason: 'unreadable',
    message: `the file cannot be read: ${why}`,
    advice: 'Check the path and its permissions (ls -l).',
  };
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ENAMETOOLONG: 'its name is too long',
};

/** A file of nearly the same name in the same folder, for people who mistyped it. */
function near(file: InputFileName): string {
  const names = namesIn(path.dirname(file.path));
  if (names === undefined) return 'Its folder does not exist either; check the path.';
  const meant = suggest(path.basename(file.path), names);
  if (meant === undefined) return 'Check the path.';
  return `Did you mean ${path.join(path.dirname(file.name), meant)}?`;
}

function namesIn(folder: string): string[] | undefined {
  try {
    return fs.readdirSync(folder);
  } catch {
    return undefined;
  }
}

function decode(bytes: Buffer): Loaded {
  if (isUtf8(bytes)) return { ok: true, text: bytes.toString('utf8') };
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0;
  const utf16 = mark === 0xfffe || mark === 0xfeff;
  const text = utf16 ? '' : bytes.toString('utf8');
  const start = Math.max(0, text.indexOf('\ufffd'));
  const message = utf16
    ? 'the file is UTF-16, as its byte order mark says'
    : 'these bytes are not UTF-8';
  const flaw = { start, end: start + 1, message, advice: 'Save the file as UTF-8.' };
  return { ok: false, reason: 'syntax', text, flaw };
}
