/** The engine for one machine: apps live in the pm2 daemon of the user. */
import { forgetDeadDaemon, joinDaemon, leaveDaemon } from './daemon.ts';
import {
  type App,
  type Engine,
  type EngineFailure,
  type Exit,
  type LifeListener,
  isFailure,
} from './engine.ts';
import { limits } from '../bank/limits.ts';
import {
  awaitEnd,
  findByEnvironment,
  identify,
  isAlive,
  type ProcessIdentity,
  signal,
} from './life.ts';
import { type BusMessage, type Pm2, Pm2Error, pm2Home } from './pm2.ts';
import { guardVariable, runVariable } from './run-id.ts';

/** Connects to pm2 for this run; `hear` is told what happens to its apps from now on. */
export async function pm2Engine(
  runId: string,
  hear: LifeListener,
): Promise<Engine | EngineFailure> {
  const home = pm2Home();
  const supervisor = identify(process.pid) ?? { pid: process.pid, startTime: 0 };
  const joined = await joinDaemon(home, { runId, supervisor });
  if (isFailure(joined)) return joined;
  const engine = new Pm2Engine({ home, runId, hear }, joined.pm2);
  const failure = await engine.listen();
  return failure ?? engine;
}

interface Context {
  readonly home: string;
  readonly runId: string;
  readonly hear: LifeListener;
}

type ExitWaiter = (exit: Exit | EngineFailure) => void;

class Pm2Engine implements Engine {
  label = 'pm2';
  private readonly context: Context;
  private readonly pm2: Pm2;
  /** Every process that this run was ever told of. */
  private readonly processes = new Map<number, ProcessIdentity>();
  private readonly waiters = new Map<string, ExitWaiter>();
  private apps = 0;
  private lost: EngineFailure | undefined;

  constructor(context: Context, pm2: Pm2) {
    this.context = context;
    this.pm2 = pm2;
  }

  /** Before the first start, so that no exit is missed. */
  async listen(): Promise<EngineFailure | undefined> {
    return this.attempt('connect', async () => {
      await this.pm2.listen(
        (topic, message) => this.hearBus(topic, message),
        () => this.daemonDied(),
      );
      this.label = `pm2 ${await this.pm2.version()}`;
      return undefined;
    });
  }

  start = async (apps: readonly App[]): Promise<EngineFailure | undefined> => {
    this.apps += apps.length;
    const failure = await this.attempt('start', async () => {
      await this.pm2.start(apps);
      return undefined;
    });
    return failure ?? this.verifyStarted(apps);
  };

  runToEnd = async (app: App): Promise<Exit | EngineFailure> => {
    // The exit is sometimes told before the start is answered, so wait for it from the beginning.
    const ended = new Promise<Exit | EngineFailure>((resolve) => {
      this.waiters.set(app.name, resolve);
    });
    this.apps += 1;
    const failure = await this.attempt('start', async () => {
      await this.pm2.start([app]);
      return undefined;
    });
    if (failure !== undefined) this.waiters.delete(app.name);
    return failure ?? this.lost ?? ended;
  };

  stop = (name: string): Promise<EngineFailure | undefined> =>
    this.attempt('stop', async () => {
      await this.pm2.delete(name, 1);
      return undefined;
    });

  stopAll = async (): Promise<EngineFailure | undefined> => {
    const failure = await this.attempt('stop', async () => {
      await this.pm2.delete(this.context.runId, this.apps);
      return undefined;
    });
    await this.endStragglers();
    return failure;
  };

  killAll = (): void => {
    for (const identity of this.known()) signal(identity, 'SIGKILL');
  };

  close = async (): Promise<EngineFailure | undefined> => {
    const left = await leaveDaemon(this.context.home, this.pm2, this.context.runId);
    if (this.lost !== undefined) await forgetDeadDaemon(this.context.home);
    return this.lost === undefined ? left : undefined;
  };

  /** pm2's word is not enough: what it says is gone is looked for, and ended if need be. */
  private async endStragglers(): Promise<void> {
    const left = await awaitEnd(this.known(), this.lost === undefined ? 0 : limits.orphanMs);
    for (const identity of left) signal(identity, 'SIGKILL');
    await awaitEnd(left, limits.stopMs);
  }

  /** By their environment, and as remembered where the system does not show environments. */
  private known(): ProcessIdentity[] {
    const found = findByEnvironment(`${runVariable}=${this.context.runId}`, guardVariable);
    const missed = [...this.processes.values()].filter(
      (remembered) => isAlive(remembered) && !found.some(({ pid }) => pid === remembered.pid),
    );
    return [...found, ...missed];
  }

  /** pm2 may answer success and have started fewer apps than asked, or one without a process. */
  private async verifyStarted(apps: readonly App[]): Promise<EngineFailure | undefined> {
    return this.attempt('list', async () => {
      const listed = new Map((await this.pm2.list()).map((app) => [app.name, app]));
      const missing = apps.filter(({ name }) => listed.get(name) === undefined);
      for (const { name } of apps) this.remember(listed.get(name)?.pid);
      if (missing.length === 0) return undefined;
      return {
        reason: 'app-not-started',
        message: `pm2 did not start ${missing.map(({ name }) => name).join(', ')}; its log is ${this.context.home}/pm2.log`,
      };
    });
  }

  private remember(pid: number | undefined): void {
    const identity = pid === undefined || pid === 0 ? undefined : identify(pid);
    if (identity !== undefined) this.processes.set(identity.pid, identity);
  }

  private hearBus(topic: string, message: BusMessage): void {
    const app = message.process;
    if (app?.namespace !== this.context.runId) return;
    if (topic === 'tally:progress') this.hearProgress(app.name, message.data);
    else if (message.event === 'online') this.hearOnline(app);
    else if (message.event === 'exit') this.hearExit(app);
  }

  private hearProgress(name: string, data: unknown): void {
    const { done, total } = data as { done: number; total: number };
    this.context.hear({ type: 'progress', name, done, total });
  }

  private hearOnline(app: NonNullable<BusMessage['process']>): void {
    const pid = app.pid ?? 0;
    this.remember(pid);
    this.context.hear({ type: 'online', name: app.name, pid, restarts: app.restart_time ?? 0 });
  }

  private hearExit(app: NonNullable<BusMessage['process']>): void {
    const exit = { pid: app.pid ?? 0, code: app.exit_code ?? 0 };
    const restarts = app.restart_time ?? 0;
    this.context.hear({ type: 'exit', name: app.name, exit, restarts });
    this.waiters.get(app.name)?.(exit);
    this.waiters.delete(app.name);
  }

  private daemonDied(): void {
    this.lost = {
      reason: 'engine-lost',
      message: `the pm2 daemon in ${this.context.home} died; its log is ${this.context.home}/pm2.log`,
    };
    for (const resolve of this.waiters.values()) resolve(this.lost);
    this.waiters.clear();
    this.context.hear({ type: 'lost', failure: this.lost });
  }

  private async attempt(
    what: string,
    work: () => Promise<EngineFailure | undefined>,
  ): Promise<EngineFailure | undefined> {
    if (this.lost !== undefined) return this.lost;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Pm2Error)) throw error;
      if (this.lost !== undefined) return this.lost;
      return {
        reason: error.late ? 'engine-slow' : 'app-not-started',
        message: `pm2 could not ${what} for run ${this.context.runId}: ${error.message}; its log is ${this.context.home}/pm2.log`,
      };
    }
  }
}
