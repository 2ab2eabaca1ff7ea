import fs from 'node:fs';
import type { HistoryContent } from '../bank/history.ts';
import { appendWhole } from './append.ts';

/** Who writes, and where. */
export interface HistoryPlace {
  readonly file: string;
  readonly process: string;
  readonly life: number;
}

/**
 * Appends records of one process to the run's history, one `write` a line: the kernel keeps lines
 * of different processes apart, and a crash loses at most the line that is being written. A query
 * costs five lines, so the stamp is put together by hand: 1 µs instead of 3.
 */
export class HistoryWriter {
  private readonly descriptor: number;
  private readonly prefix: string;
  private readonly name: string;
  private lamport = 0;
  private messages = 0;
  private outsideMessages = 0;

  constructor({ file, process, life }: HistoryPlace) {
    this.descriptor = fs.openSync(file, 'a');
    this.prefix = `{"process":${JSON.stringify(process)},"life":${life},"wall":`;
    this.name = `${process}/${life}`;
  }

  /** Lamport clock of the last record. */
  get clock(): number {
    return this.lamport;
  }

  /** A message arrived whose sender's clock was this. */
  meet(clock: number): void {
    if (clock > this.lamport) this.lamport = clock;
  }

  /** Identity of the next message that this process sends. */
  nextMessage(): string {
    this.messages += 1;
    return `${this.name}/${this.messages}`;
  }

  /** Identity, made here, of a message from a client outside the run. */
  nextOutsideMessage(): string {
    this.outsideMessages += 1;
    return `${this.name}/outside-${this.outsideMessages}`;
  }

  write(content: HistoryContent): void {
    this.lamport += 1;
    const now = performance.now();
    const wall = Math.round((wallOrigin + now) * 1_000) / 1_000;
    const mono = Math.round(monotonicOrigin + now * 1_000);
    const stamp = `${this.prefix}${wall},"mono":${mono},"clock":${this.lamport},`;
    appendWhole(this.descriptor, `${stamp}${JSON.stringify(content).slice(1)}\n`);
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}

/**
 * What the two clocks showed when this process's own began. `performance.timeOrigin` would be the
 * first, but it is several milliseconds off.
 */
const wallOrigin = Date.now() - performance.now();
const monotonicOrigin = Number(process.hrtime.bigint() / 1_000n) - performance.now() * 1_000;
