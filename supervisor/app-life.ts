import type { App } from './engine.ts';
import type { ClusterNode } from './node.ts';
import type { Step } from './step.ts';

/**
 * One life of an app on a node of the job:
 *
 *     launched -- holds its lifeline --> online -- step ends, all it wrote is here --> over
 *         \------------------ step ends, or its node is lost ----------------------/
 */
export class AppLife {
  readonly app: App;
  /** Its name in the history, and with its agent. */
  readonly process: string;
  readonly node: ClusterNode;
  readonly step: Step;
  /** Known while it is online. */
  pid: number | undefined;
  /** Resolves when it is online, or over before that. */
  readonly begun: Promise<void>;
  readonly over: Promise<void>;
  private begin: () => void = () => {};
  private end: () => void = () => {};

  constructor(app: App, process: string, node: ClusterNode, step: Step) {
    this.app = app;
    this.process = process;
    this.node = node;
    this.step = step;
    this.begun = new Promise((resolve) => {
      this.begin = resolve;
    });
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  online(pid: number): void {
    this.pid = pid;
    this.begin();
  }

  close(): void {
    this.begin();
    this.end();
  }

  /** Asks it to end; one that does not hold its lifeline yet is ended at once. */
  signal(signal: 'SIGINT' | 'SIGKILL'): void {
    if (this.pid === undefined || !this.node.isUp) this.step.kill();
    else void this.node.send({ type: 'signal', process: this.process, signal });
  }
}
