/** The one file that imports pm2. It speaks promises, deadlines and our own words; no decisions. */
import { createRequire } from 'node:module';
import { limits } from '../bank/limits.ts';
import type { App } from './engine.ts';
import type {
  Bus,
  BusMessage,
  BusSocket,
  Callback,
  ListedApp,
  Pm2Api,
  StartAnswer,
  StartedApp,
} from './pm2-api.ts';

const require = createRequire(import.meta.url);

/** pm2 said no, or nothing within its deadline. */
export class Pm2Error extends Error {
  readonly late: boolean;
  constructor(message: string, late: boolean) {
    super(message);
    this.late = late;
  }
}

const daemonLookMs = 100;

export class Pm2 {
  private readonly api: Pm2Api;
  /** Aborted when the daemon is gone. */
  private readonly gone = new AbortController();
  /** A call has passed its deadline, and nothing was answered since. */
  private isSilent = false;

  private constructor(api: Pm2Api) {
    this.api = api;
  }

  /**
   * Loads pm2, which reads its settings from the environment once, as it is loaded. Whatever else
   * stands in the environment would be carried into a daemon that is born here, and from there into
   * apps of other people: so only what a daemon needs is kept.
   */
  static load(home: string): Pm2 {
    keepEnvironment(home);
    return new Pm2(require('pm2') as Pm2Api);
  }

  /**
   * Connects, and starts a daemon if there is none. pm2 would find out by itself whether there is
   * one, but waits 100 ms before it believes that there is not.
   * @param isThere whether a daemon answers
   * @returns whether one was started
   */
  async connect(isThere: boolean): Promise<boolean> {
    if (!isThere) await this.launch();
    const answer = await this.call<{ new_pm2_instance: boolean }>('connect', (done) =>
      this.api.connect(done),
    );
    if (answer.new_pm2_instance) return true;
    // Modules that the user has installed in this home come with the daemon.
    if (!isThere) await this.call('launchModules', (done) => this.api.launchModules(done));
    return !isThere;
  }

  /** Without the agent of PM2 Plus, which needs a main program in the older module format. */
  private async launch(): Promise<void> {
    await this.call('launchDaemon', (done) =>
      this.api.Client.launchDaemon({ interactor: false }, done),
    );
  }

  /** Answers what pm2 started, which may be less than it was asked to, without an error. */
  async start(apps: readonly App[]): Promise<readonly StartedApp[]> {
    const shareMs = apps.length * limits.pm2PerAppMs;
    const answer = await this.call<StartAnswer[]>(
      'start',
      (done) => this.api.start({ apps: copy(apps) }, done),
      shareMs,
    );
    return answer.flatMap(({ pid = 0, pm2_env: { name, pm_id: id, status } }) => {
      // What could not be spawned has no process, yet pm2 calls it online for ever.
      const isSpawned = pid > 0 || status !== 'online';
      return isSpawned ? [{ name, pid, id }] : [];
    });
  }

  /** Sends a message to the process of an app, by pm2's number for it. */
  async send(id: number, topic: string): Promise<void> {
    const packet = { type: 'process:msg', topic, data: {} };
    await this.call('sendDataToProcessId', (done) =>
      this.api.sendDataToProcessId(id, packet, done),
    );
  }

  /** Ends and forgets an app, or all apps of a namespace; none of that name is no error. */
  async delete(target: string, apps: number): Promise<void> {
    const shareMs = limits.stopMs + apps * limits.pm2PerAppMs;
    try {
      await this.call('delete', (done) => this.api.delete(target, done), shareMs);
    } catch (error) {
      if (!(error instanceof Pm2Error) || !error.message.includes('not found')) throw error;
    }
  }

  list(): Promise<ListedApp[]> {
    return this.call('list', (done) => this.api.list(done));
  }

  version(): Promise<string> {
    return this.call('getVersion', (done) => this.api.getVersion(done));
  }

  /** Listens to pm2's bus. `lost` is called once when the daemon is gone. */
  async listen(
    hear: (topic: string, message: BusMessage) => void,
    lost: () => void,
  ): Promise<void> {
    const [bus, socket] = await this.call<[Bus, BusSocket]>('launchBus', (done) =>
      this.api.launchBus((error, bus, socket) => done(error, [bus, socket])),
    );
    for (const topic of ['process:event', 'tally:progress']) {
      bus.on(topic, (message) => hear(topic, message));
    }
    socket.on('reconnect attempt', () => {
      if (this.gone.signal.aborted) return;
      lost();
      this.gone.abort();
    });
  }

  /** For who does not listen to the bus: looks now and then whether the daemon still lives. */
  watch(isAlive: () => boolean): void {
    const timer = setInterval(() => {
      if (isAlive()) return;
      clearInterval(timer);
      this.gone.abort();
    }, daemonLookMs);
    timer.unref();
  }

  async disconnect(): Promise<void> {
    await this.call('disconnect', (done) => this.api.disconnect(done)).catch(() => {
      // A connection that is closed already is what was wanted.
    });
  }

  /** pm2's calls never fail once the daemon is dead: each ends then, or at its own deadline. */
  private call<Value>(
    name: string,
    invoke: (done: Callback<Value>) => void,
    shareMs = 0,
  ): Promise<Value> {
    const withinMs = (this.isSilent ? limits.pm2AgainMs : limits.pm2CallMs) + shareMs;
    const { signal } = this.gone;
    return new Promise((resolve, reject) => {
      const fail = (): void => settle(() => reject(new Pm2Error('its daemon died', false)));
      const timer = setTimeout(() => {
        this.isSilent = true;
        const text = `pm2 did not answer "${name}" within ${withinMs} ms`;
        settle(() => reject(new Pm2Error(text, true)));
      }, withinMs);
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', fail);
        end();
      };
      signal.addEventListener('abort', fail);
      const refuse = (error: unknown): void => reject(new Pm2Error(describe(error), false));
      const answered: Callback<Value> = (error, value) => {
        this.isSilent = false;
        settle(() => (error ? refuse(error) : resolve(value)));
      };
      if (signal.aborted) return fail();
      try {
        invoke(answered);
      } catch (error) {
        // pm2 throws what it finds out at once, for instance that it cannot open its log.
        settle(() => refuse(error));
      }
    });
  }
}

/** pm2 rejects with an error, a string, or an array of either. */
function describe(error: unknown): string {
  if (Array.isArray(error)) return error.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** pm2 writes into what it is given. */
const copy = (apps: readonly App[]): App[] => structuredClone([...apps]);

const kept = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TERM'];

function keepEnvironment(home: string): void {
  for (const name of Object.keys(process.env)) {
    if (!kept.includes(name)) delete process.env[name];
  }
  process.env['PM2_HOME'] = home;
  // How many apps pm2 starts at a time; its default of 2 waits for each pair.
  process.env['PM2_CONCURRENT_ACTIONS'] = '16';
}

/** The keys that pm2 knows in an app; it drops any other without a word. */
export function knownAppKeys(): ReadonlySet<string> {
  const schema = require('pm2/lib/API/schema.json') as Record<
    string,
    { alias?: string | string[] }
  >;
  return new Set(
    Object.entries(schema).flatMap(([key, { alias }]) => [key, ...[alias ?? []].flat()]),
  );
}

/** Name and version of the pm2 that this process would use; its daemon may be of another. */
export function engineLabel(): string {
  return `pm2 ${(require('pm2/package.json') as { version: string }).version}`;
}

/** pm2's own command line. */
export const pm2Program = (): string => require.resolve('pm2/bin/pm2');
