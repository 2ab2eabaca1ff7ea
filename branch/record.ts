import { hash } from 'node:crypto';
import { limits } from '../bank/limits.ts';
import type { LedgerRecord } from './protocol.ts';

/**
 * The form of a ledger: one record a line, JSON, with the checksum of the rest as last field. It is
 * plain ASCII, so characters and bytes count the same.
 */
export function encodeRecord(record: LedgerRecord): string {
  const content = JSON.stringify(record).replaceAll(/[^\x20-\x7e]/g, escape);
  return `${content.slice(0, -1)},"sum":"${checksum(content)}"}\n`;
}

const escape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The first 16 digits of the SHA-256 of the line without its `sum`. */
const checksum = (content: string): string => hash('sha256', content, 'hex').slice(0, 16);

/** What stands in a ledger. `line` counts from 1, `end` is the offset in bytes after the line. */
export type LedgerEntry =
  | {
      readonly type: 'record';
      readonly line: number;
      readonly end: number;
      readonly record: LedgerRecord;
    }
  /** The last write was cut short; nobody was told of it. Cut the file off at `start`. */
  | { readonly type: 'torn'; readonly line: number; readonly start: number; readonly bytes: number }
  /** The file was changed or damaged: nothing from here on may be believed. */
  | {
      readonly type: 'corrupt';
      readonly line: number;
      readonly reason: CorruptReason;
      /** What is wrong with the line, in words. */
      readonly message: string;
    };

export type CorruptReason = 'too-long' | 'no-checksum' | 'wrong-checksum' | 'not-a-record';

/**
 * Reads a ledger piece by piece, wherever the pieces are cut, and holds one line in memory. The
 * text is the file read as latin1. Ends after the first entry that is not a record.
 */
export function* readLedger(pieces: Iterable<string>): Generator<LedgerEntry, void> {
  let rest = '';
  let line = 1;
  let end = 0;
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      end += text.length + 1;
      const entry = entryOf(text, line, end);
      yield entry;
      if (entry.type === 'corrupt') return;
      line += 1;
    }
    if (rest.length > limits.messageBytes) {
      yield { type: 'corrupt', line, reason: 'too-long', message: 'no record is that long' };
      return;
    }
  }
  if (rest !== '') yield { type: 'torn', line, start: end, bytes: rest.length };
}

const sumPattern = /,"sum":"([0-9a-f]{16})"\}$/;

function entryOf(text: string, line: number, end: number): LedgerEntry {
  const match = sumPattern.exec(text);
  if (match === null)
    return corrupt(line, 'no-checksum', `it does not end in a checksum: ${excerpt(text)}`);
  const content = `${text.slice(0, match.index)}}`;
  const sum = checksum(content);
  if (sum !== match[1])
    return corrupt(line, 'wrong-checksum', `its checksum is ${match[1]}, its content's ${sum}`);
  const record = recordOf(content);
  if (record === undefined)
    return corrupt(line, 'not-a-record', `no branch writes ${excerpt(text)}`);
  return { type: 'record', line, end, record };
}

const corrupt = (line: number, reason: CorruptReason, message: string): LedgerEntry => ({
  type: 'corrupt',
  line,
  reason,
  message,
});

const excerpt = (text: string): string => JSON.stringify(text.slice(0, 80));

/** The fields that every record of a kind has. */
const fieldsOf: Record<string, Readonly<Record<string, 'string' | 'number' | 'object'>>> = {
  open: { runId: 'string', branch: 'number', balance: 'number' },
  fence: { branch: 'number', incarnation: 'number' },
  recover: {
    version: 'number',
    balance: 'number',
    lastTx: 'string',
    lastOrigin: 'number',
    proposed: 'number',
    applied: 'object',
  },
  prepare: {
    tx: 'string',
    origin: 'number',
    version: 'number',
    delta: 'number',
    prevTx: 'string',
  },
  commit: { tx: 'string', version: 'number', balance: 'number' },
  abort: { tx: 'string' },
  refuse: { event: 'object', reason: 'string', detail: 'string' },
};

function recordOf(content: string): LedgerRecord | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is LedgerRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const wanted = fieldsOf[String(value.kind)];
  if (wanted === undefined) return false;
  return Object.entries(wanted).every(([name, type]) => typeof fields.get(name) === type);
}
