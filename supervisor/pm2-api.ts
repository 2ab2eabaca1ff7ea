/** What pm2 can be asked and what it tells, as far as it is used. */
import type { App } from './engine.ts';

/** What pm2 tells of one app. */
export interface ListedApp {
  readonly name: string;
  readonly pid: number;
  readonly pm_id: number;
  readonly pm2_env: {
    readonly namespace?: string;
    readonly pmx_module?: boolean;
  };
}

/** `pid` is 0 if the process has ended by now; `id` is pm2's own number for the app. */
export interface StartedApp {
  readonly name: string;
  readonly pid: number;
  readonly id: number;
}

export interface StartAnswer {
  readonly pid?: number;
  readonly pm2_env: { readonly name: string; readonly pm_id: number; readonly status?: string };
}

/** An event on pm2's bus about an app (`process:event`, `tally:progress`). */
export interface BusMessage {
  readonly event?: string;
  readonly data?: unknown;
  readonly process?: {
    readonly name: string;
    readonly namespace?: string;
    readonly pm_id: number;
    readonly exit_code?: number;
    readonly restart_time?: number;
  };
}

export interface Bus {
  on(event: string, listener: (message: BusMessage) => void): void;
}

export interface BusSocket {
  on(event: string, listener: () => void): void;
}

export type Callback<Value> = (error: unknown, value: Value) => void;

export interface Pm2Api {
  /** Inside pm2, as its own `connect` uses it. */
  readonly Client: { launchDaemon(options: object, done: Callback<unknown>): void };
  launchModules(done: Callback<unknown>): void;
  connect(done: Callback<{ readonly new_pm2_instance: boolean }>): void;
  start(apps: { readonly apps: readonly App[] }, done: Callback<StartAnswer[]>): void;
  sendDataToProcessId(id: number, packet: object, done: Callback<unknown>): void;
  delete(target: string, done: Callback<unknown>): void;
  list(done: Callback<ListedApp[]>): void;
  getVersion(done: Callback<string>): void;
  launchBus(done: (error: unknown, bus: Bus, socket: BusSocket) => void): void;
  disconnect(done: Callback<unknown>): void;
}
