import fs from 'node:fs';
import type { HistoryContent } from '../bank/history.ts';
import { appendWhole } from './append.ts';
import { ClockText } from './clock-text.ts';
import { monotonicMs } from './clock.ts';

/** Who writes, and where. */
export interface HistoryPlace {
  readonly file: string;
  readonly process: string;
  readonly life: number;
}

/**
 * Appends records of one process to the run's history. The kernel keeps what different processes
 * write apart. Records of one step are written together, by a `flush` before the step has any
 * effect outside of the process: before a line in a ledger, and before the tick ends in which gRPC
 * was given a message, which it hands to the kernel afterwards. A query costs five records, so the
 * stamp is put together by hand.
 */
export class HistoryWriter {
  private readonly descriptor: number;
  private readonly wall: ClockText;
  private readonly mono = new ClockText(',"mono":', '');
  private readonly name: string;
  private lamport = 0;
  private messages = 0;
  private outsideMessages = 0;
  private unwritten = '';
  private readonly onExit = (): void => this.flush();

  constructor({ file, process: name, life }: HistoryPlace) {
    this.descriptor = fs.openSync(file, 'a');
    this.wall = new ClockText(`{"process":${JSON.stringify(name)},"life":${life},"wall":`, '.');
    this.name = `${name}/${life}`;
    process.on('exit', this.onExit);
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
    const now = monotonicMs() * 1_000;
    const wall = this.wall.tell(Math.round(wallOrigin + now));
    const mono = this.mono.tell(Math.round(now));
    const record = JSON.stringify(content).slice(1);
    this.unwritten += `${wall}${mono},"clock":${this.lamport},${record}\n`;
  }

  /** Everything is on file when it returns. */
  flush(): void {
    const text = this.unwritten;
    if (text === '') return;
    this.unwritten = '';
    appendWhole(this.descriptor, text);
  }

  close(): void {
    this.flush();
    process.off('exit', this.onExit);
    fs.closeSync(this.descriptor);
  }
}

/** What the wall clock showed when the monotonic one began, in microseconds. */
const wallOrigin = (Date.now() - monotonicMs()) * 1_000;
