/** What pm2 tells of the apps of a run: which process each has now, and how it ended. */
import type { EngineFailure, Exit, LifeListener } from './engine.ts';
import { limits } from '../bank/limits.ts';
import type { BusMessage, StartedApp } from './pm2-api.ts';
import { exitCode } from '../process/exit.ts';
import type { RunProcesses } from './run-processes.ts';

export interface LivesContext {
  readonly runId: string;
  readonly hear: LifeListener;
  readonly processes: Pick<RunProcesses, 'remember'>;
  /** Of a life that pm2 began by itself, its list alone knows the process. */
  readonly find: (name: string) => Promise<StartedApp | undefined>;
}

type BusApp = NonNullable<BusMessage['process']>;
type ExitWaiter = (exit: Exit | EngineFailure) => void;

export class Pm2Lives {
  /** A process that pm2 starts again has died, or a start failed: pm2 may know more than this run. */
  isUnsteady = false;
  private readonly context: LivesContext;
  /** The process of each app that runs: pm2's events name only the app. */
  private readonly running = new Map<string, StartedApp>();
  private readonly waiters = new Map<string, ExitWaiter>();
  /** Apps that begin a life whose process is not known yet; an exit that comes first is kept. */
  private readonly starting = new Map<string, BusApp[]>();
  /** While the run's end is awaited. */
  private onExit: (code: number) => void = () => {};

  constructor(context: LivesContext) {
    this.context = context;
  }

  get all(): readonly StartedApp[] {
    return [...this.running.values()];
  }

  of(name: string): StartedApp | undefined {
    return this.running.get(name);
  }

  /** A life is about to begin; once its process is known or there is none, it is to be `settled`. */
  expect(name: string): void {
    this.starting.set(name, []);
  }

  /** A process of this run began its first or a further life. */
  began(app: StartedApp, restarts = 0): void {
    const { name, pid } = app;
    this.context.processes.remember(pid);
    this.running.set(name, app);
    this.context.hear({ type: 'online', name, pid, restarts });
  }

  settled(name: string): void {
    const kept = this.starting.get(name) ?? [];
    this.starting.delete(name);
    for (const app of kept) this.exited(app);
  }

  /** Resolves when the app's present or next life has ended. */
  untilExit(name: string): Promise<Exit | EngineFailure> {
    return new Promise((resolve) => this.waiters.set(name, resolve));
  }

  /** Nobody waits for the app's end any more. */
  forgetWaiter(name: string): void {
    this.waiters.delete(name);
  }

  /** pm2 is lost: no exit will be told any more. */
  fail(failure: EngineFailure): void {
    for (const resolve of this.waiters.values()) resolve(failure);
    this.waiters.clear();
  }

  hearBus(topic: string, message: BusMessage): void {
    const app = message.process;
    if (app?.namespace !== this.context.runId) return;
    if (topic === 'tally:progress') this.hearProgress(app.name, message.data);
    else if (message.event === 'online') void this.hearRestart(app);
    else if (message.event === 'exit') this.exited(app);
  }

  exited(app: BusApp): void {
    const { name, exit_code: code = 0 } = app;
    if (!this.waiters.has(name)) this.isUnsteady = true;
    const kept = this.starting.get(name);
    if (kept !== undefined) {
      kept.push(app);
      return;
    }
    const pid = this.running.get(name)?.pid;
    // A delete tells the exit of a live app twice.
    if (pid === undefined) return;
    this.running.delete(name);
    this.context.hear({ type: 'exit', name, exit: { pid, code } });
    this.waiters.get(name)?.({ pid, code });
    this.waiters.delete(name);
    this.onExit(code);
  }

  /**
   * Whether all that runs ends because it hears that the run is over. Some programs do not hear the
   * lifeline, and what ends for another reason pm2 may start again.
   */
  allEnd(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    return new Promise<boolean>((resolve) => {
      const awaitNext = (): void => {
        const { size } = this.running;
        const patienceMs = limits.nextEndMs + size * limits.nextEndPerAppMs;
        if (size === 0) resolve(true);
        else timer = setTimeout(resolve, patienceMs, false);
      };
      this.onExit = (code) => {
        clearTimeout(timer);
        if (code === exitCode.supervisorGone) awaitNext();
        else resolve(false);
      };
      awaitNext();
    }).finally(() => (this.onExit = () => {}));
  }

  private hearProgress(name: string, data: unknown): void {
    const { done, total } = data as { done: number; total: number };
    this.context.hear({ type: 'progress', name, done, total });
  }

  /** A first life is told by the answer to its start. */
  private async hearRestart({ name, restart_time: restarts = 0 }: BusApp): Promise<void> {
    if (restarts === 0) return;
    this.expect(name);
    const app = await this.context.find(name);
    if (app !== undefined) this.began(app, restarts);
    this.settled(name);
  }
}
