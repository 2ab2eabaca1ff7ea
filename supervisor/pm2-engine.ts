/** The engine for one machine: apps live in the pm2 daemon of the user. */
import { forgetDeadDaemon, isOurs, joinDaemon, leaveDaemon, whyNotAlone } from './daemon.ts';
import {
  type App,
  type Engine,
  type EngineFailure,
  type Exit,
  type LifeListener,
  isFailure,
} from './engine.ts';
import { limits } from '../bank/limits.ts';
import { identify, type ProcessIdentity } from './life.ts';
import { engineLabel, type Pm2, Pm2Error } from './pm2.ts';
import type { StartedApp } from './pm2-api.ts';
import { pm2Home } from './pm2-home.ts';
import { Pm2Lives } from './pm2-lives.ts';
import { turnTopic } from '../process/turn.ts';
import { self } from './owner.ts';
import { removeApps } from './remove-apps.ts';
import { RunProcesses } from './run-processes.ts';

/** Which run an engine serves, and how the two hear of each other. */
export interface EngineOrder {
  readonly runId: string;
  readonly hear: LifeListener;
  /** Tells the run's processes that it is over: they end by themselves, and do not come back. */
  readonly tellOver: () => void;
}

/**
 * Connects to pm2 for this run; `hear` is told what happens to its apps from now on. Undefined if
 * the run was halted before.
 */
export async function pm2Engine(
  order: EngineOrder,
  halt: AbortSignal,
): Promise<Engine | EngineFailure | undefined> {
  const home = pm2Home();
  const { runId } = order;
  const pm2 = await joinDaemon(home, { runId, supervisor: self() }, halt);
  if (pm2 === undefined || isFailure(pm2)) return pm2;
  const engine = new Pm2Engine({ home, ...order }, pm2);
  const failure = await engine.listen();
  if (failure !== undefined) await engine.close();
  return failure ?? engine;
}

const otherVersion = (daemon: string, home: string): string =>
  `the daemon in ${home} is ${daemon}, and this is ${engineLabel()}; if it misbehaves, run "pm2 update"`;

function leftBehind(left: readonly ProcessIdentity[]): EngineFailure | undefined {
  if (left.length === 0) return undefined;
  const pids = left.map(({ pid }) => pid).join(', ');
  return {
    reason: 'left-behind',
    message: `these processes of the run could not be ended: ${pids}; look at them with "ps -fp ${pids.replaceAll(' ', '')}"`,
  };
}

interface Context extends EngineOrder {
  readonly home: string;
}

class Pm2Engine implements Engine {
  private readonly context: Context;
  private readonly pm2: Pm2;
  private readonly processes: RunProcesses;
  private readonly lives: Pm2Lives;
  /** Names that pm2 knows, whether their processes run or have ended. */
  private readonly declared = new Set<string>();
  private readonly forgetting = new Map<string, Promise<EngineFailure | undefined>>();
  /** pm2 goes on with a start that nobody waits for any more. */
  private startUnderWay: Promise<unknown> = Promise.resolve();
  private lost: EngineFailure | undefined;
  private isStopping = false;

  constructor(context: Context, pm2: Pm2) {
    this.context = context;
    this.pm2 = pm2;
    const processes = new RunProcesses(context.runId);
    this.processes = processes;
    this.lives = new Pm2Lives({ ...context, processes, find: (name) => this.find(name) });
  }

  /** Before the first start, so that no exit is missed. */
  async listen(): Promise<EngineFailure | undefined> {
    return this.attempt('connect', async () => {
      await this.pm2.listen(
        (topic, message) => this.lives.hearBus(topic, message),
        () => this.daemonDied(),
      );
      const daemon = `pm2 ${await this.pm2.version()}`;
      if (daemon !== engineLabel()) {
        this.context.hear({ type: 'notice', text: otherVersion(daemon, this.context.home) });
      }
      return undefined;
    });
  }

  start = (apps: readonly App[]): Promise<EngineFailure | undefined> => {
    const started = this.startNow(apps);
    this.startUnderWay = Promise.all([this.startUnderWay, started]);
    return started;
  };

  private async startNow(apps: readonly App[]): Promise<EngineFailure | undefined> {
    if (this.isStopping) return this.notStarted(apps, 'the run is being stopped');
    for (const { name } of apps) {
      this.lives.expect(name);
      this.declared.add(name);
    }
    const failure = await this.attempt('start', async () => {
      const answer = await this.pm2.start(apps);
      const started = new Map(answer.map((app) => [app.name, app]));
      const missing = apps.filter(({ name }) => !started.has(name));
      for (const app of started.values()) this.lives.began(app);
      return missing.length === 0 ? undefined : this.notStarted(missing);
    });
    if (failure !== undefined) this.lives.isUnsteady = true;
    for (const { name } of apps) this.lives.settled(name);
    return failure;
  }

  runToEnd = async (app: App): Promise<Exit | EngineFailure> => {
    const ended = this.lives.untilExit(app.name);
    const failure = this.lives.of(app.name) ? undefined : await this.startAfresh(app);
    if (failure === undefined) await this.giveTurn(app.name);
    else this.lives.forgetWaiter(app.name);
    return failure ?? this.lost ?? ended;
  };

  /** pm2 would start a name that it knows with its old script, so a dead app is forgotten first. */
  private async startAfresh(app: App): Promise<EngineFailure | undefined> {
    const failure = this.declared.has(app.name) ? await this.forget(app.name) : undefined;
    return failure ?? this.start([app]);
  }

  /** Who wants to forget what is being forgotten waits for the same end. */
  private forget(name: string): Promise<EngineFailure | undefined> {
    const underWay = this.forgetting.get(name);
    if (underWay !== undefined) return underWay;
    const forgotten = this.attempt('stop', async () => {
      await this.pm2.delete(name, 1);
      this.declared.delete(name);
      return undefined;
    }).finally(() => this.forgetting.delete(name));
    this.forgetting.set(name, forgotten);
    return forgotten;
  }

  private async giveTurn(name: string): Promise<void> {
    const app = this.lives.of(name);
    if (app === undefined) return;
    await this.attempt('reach a customer', async () => {
      await this.pm2.send(app.id, turnTopic);
      return undefined;
    });
    // An app that pm2 could not reach has died, and its exit is told as any other.
  }

  stop = async (name: string): Promise<EngineFailure | undefined> => {
    const failure = await this.forget(name);
    // Of a process that pm2 lost sight of no exit is ever told.
    if (failure === undefined) this.lives.exited({ name, pm_id: 0 });
    return failure;
  };

  stopAll = async (): Promise<EngineFailure | undefined> => {
    this.isStopping = true;
    await this.startUnderWay;
    // A branch that has died just now is being started again; those that end from here on are not.
    const { isUnsteady } = this.lives;
    // All at once: ended one by one, those that are left hear of each that goes.
    this.context.tellOver();
    const patience = setTimeout(() => this.tellStragglers(), limits.patienceMs);
    // A daemon that ends with the run takes its list along; to remove each app takes longer.
    const isDone = !isUnsteady && isOurs(this.context.home) && (await this.lives.allEnd());
    const failure = isDone ? undefined : await this.removeApps(isUnsteady ? 3 : 1);
    clearTimeout(patience);
    // pm2's word is not enough: what it says is gone is looked for, and ended if need be.
    const left = await this.processes.end(this.lost === undefined ? 0 : limits.orphanMs);
    return failure ?? leftBehind(left);
  };

  claim = async (): Promise<EngineFailure | undefined> => {
    const { home, runId } = this.context;
    return this.attempt('list', async () => {
      const why = await whyNotAlone(home, this.pm2, runId);
      if (why === undefined) return undefined;
      return {
        reason: 'engine-shared',
        message: `this run would kill the pm2 daemon in ${home}, but ${why}; set PM2_HOME to an empty folder of your own`,
      };
    });
  };

  killAll = (): void => this.processes.kill();

  close = async (): Promise<EngineFailure | undefined> => {
    const left = await leaveDaemon(this.context.home, this.pm2, this.context.runId);
    // A daemon that this run could not end must not list it for ever.
    if (left !== undefined) await this.removeApps(1);
    if (this.lost !== undefined) await forgetDeadDaemon(this.context.home);
    return this.lost === undefined ? left : undefined;
  };

  private removeApps(looks: number): Promise<EngineFailure | undefined> {
    return this.attempt('stop', async () => {
      await removeApps(this.pm2, this.context.runId, looks);
      return undefined;
    });
  }

  private tellStragglers(): void {
    const left = this.lives.all.filter(({ pid }) => identify(pid) !== undefined);
    const [first] = left;
    if (first === undefined) return;
    const more = left.length === 1 ? '' : ` and ${left.length - 1} more`;
    const text = `${first.name} (process ${first.pid})${more} still run ${limits.patienceMs} ms after the request to stop; who does not end is killed`;
    this.context.hear({ type: 'notice', text });
  }

  private notStarted(
    missing: readonly App[],
    what = `its log is ${this.context.home}/pm2.log`,
  ): EngineFailure {
    const names = missing.map(({ name }) => name).join(', ');
    return { reason: 'app-not-started', message: `pm2 did not start ${names}; ${what}` };
  }

  private async find(name: string): Promise<StartedApp | undefined> {
    let found: StartedApp | undefined;
    await this.attempt('list', async () => {
      const app = (await this.pm2.list()).find((listed) => listed.name === name);
      if (app !== undefined) found = { name, pid: app.pid, id: app.pm_id };
      return undefined;
    });
    return found;
  }

  private daemonDied(): void {
    this.lost = {
      reason: 'engine-lost',
      message: `the pm2 daemon in ${this.context.home} died; its log is ${this.context.home}/pm2.log`,
    };
    this.lives.fail(this.lost);
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
