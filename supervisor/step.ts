/** One step of a Slurm job: a process on a node, followed from here by its srun. */
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { startStep, type StepOrder, tellsNodeFailure } from './slurm.ts';

export interface StepEnd {
  /** As the process ended: 137 is SIGKILL. */
  readonly code: number;
  /** Slurm lost the node; the code tells nothing then. */
  readonly nodeFailed: boolean;
}

/** Where a step's output goes; both are appended to. */
export interface StepLogs {
  /** Undefined: read by whoever started it. */
  readonly standardOutput: string | undefined;
  readonly standardError: string;
}

/** srun tells how a task ended; whoever reads a log wants to know what the task itself said. */
const sayings = /^srun: error: \S+: task 0: (Exited with exit code \d+|Killed|Terminated)\n?$/;

export class Step {
  readonly ended: Promise<StepEnd>;
  private readonly child: ChildProcess;
  private readonly log: number;
  private nodeFailed = false;
  private rest = '';

  constructor(order: StepOrder, logs: StepLogs) {
    const { standardOutput } = logs;
    const output = standardOutput === undefined ? 'pipe' : fs.openSync(standardOutput, 'a');
    const input = standardOutput === undefined ? 'pipe' : 'ignore';
    this.log = fs.openSync(logs.standardError, 'a');
    this.child = startStep(order, [input, output, 'pipe']);
    if (typeof output === 'number') fs.closeSync(output);
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => this.read(text));
    // Whoever does not read its input any more has ended, which is told by its end.
    this.child.stdin?.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => this.write(`srun cannot be run: ${error.message}\n`));
      this.child.once('close', (code) => resolve(this.finish(code)));
    });
  }

  /** What the process prints, if it has no log for it. */
  get standardOutput(): Readable | null {
    return this.child.stdout;
  }

  /** Says a line to the process, the only one. */
  answer(line: string): void {
    this.child.stdin?.end(`${line}\n`);
  }

  /** Ends the step at once: at this signal srun kills what it started. */
  kill(): void {
    this.child.kill('SIGTERM');
  }

  /** Lets go of a step on a node that is gone: srun would wait until Slurm has noticed. */
  abandon(): void {
    this.child.kill('SIGKILL');
  }

  private read(text: string): void {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.write(`${line}\n`);
  }

  private write(line: string): void {
    if (tellsNodeFailure(line)) this.nodeFailed = true;
    if (!sayings.test(line)) fs.writeSync(this.log, line);
  }

  private finish(code: number | null): StepEnd {
    if (this.rest !== '') this.write(this.rest);
    fs.closeSync(this.log);
    return { code: code ?? 137, nodeFailed: this.nodeFailed };
  }
}
