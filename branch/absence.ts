import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { HistoryRecord } from '../bank/history.ts';

const lookAgainMs = 20;
const pieceBytes = 64 * 1024;

/**
 * Waits until customers have the outcome of so many updates after a fault struck, or of every event
 * of the run: then nothing more can come to wait for.
 * @param fault the words by which the history knows the fault
 */
export async function awaitUpdates(
  historyFile: string,
  fault: string,
  updates: number,
): Promise<void> {
  const progress = new Progress(fault);
  const descriptor = fs.openSync(historyFile, 'r');
  let rest = '';
  for (let position = 0; !progress.isOver(updates);) {
    const piece = readPiece(descriptor, position);
    position += piece.length;
    const lines = (rest + piece.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) progress.see(JSON.parse(line) as HistoryRecord);
    if (piece.length === 0) await pause(lookAgainMs);
  }
  fs.closeSync(descriptor);
}

function readPiece(descriptor: number, position: number): Buffer {
  const buffer = Buffer.alloc(pieceBytes);
  return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, pieceBytes, position));
}

/** What the history says about the time since a fault struck. */
class Progress {
  private readonly fault: string;
  private struck = false;
  private updatesSince = 0;
  private openEvents = Infinity;

  constructor(fault: string) {
    this.fault = fault;
  }

  see(record: HistoryRecord): void {
    if (record.kind === 'run')
      this.openEvents = record.visits.reduce((sum, { events }) => sum + events, 0);
    if (record.kind === 'fault' && record.text === this.fault) this.struck = true;
    if (record.kind !== 'outcome') return;
    this.openEvents -= 1;
    if (this.struck && record.interface !== 'query') this.updatesSince += 1;
  }

  isOver(updates: number): boolean {
    return this.updatesSince >= updates || this.openEvents <= 0;
  }
}
