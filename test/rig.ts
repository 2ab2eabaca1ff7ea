/** Runs the real `tally` in a world of its own: private pm2 home, folders and environment. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Fault } from '../bank/faults.ts';
import { findByEnvironment, identify, type ProcessIdentity, signal } from '../supervisor/life.ts';
import { projectFolder } from './project.ts';
import { type Ended, follow, type Started } from './started.ts';
import { until } from './until.ts';

const deposit = (id: number): object => ({ id, interface: 'deposit', money: 10 });

/** How long anything may take that has no budget of its own, on a machine that is busy. */
const patienceMs = 60_000;

/** Whoever uses a world says when it may go: a test, most of the time. */
export interface AfterTest {
  readonly after: (close: () => void) => void;
}

/** Everything that a test does stays in one folder, which goes when the test ends. */
export class World {
  readonly folder: string;
  readonly pm2Home: string;
  /** The project whose `tally` runs here: this one, or an altered copy of it. */
  private readonly project: string;
  private readonly started: Started[] = [];

  constructor(test: AfterTest, project: string = projectFolder) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-test-'));
    this.pm2Home = path.join(this.folder, 'pm2');
    this.project = project;
    test.after(() => this.close());
  }

  /** No variable of whoever runs the tests reaches the run, but what a test adds. */
  environment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      PM2_HOME: this.pm2Home,
      TALLY_TEST: this.folder,
      ...extra,
    };
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: unknown): string {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    fs.writeFileSync(this.path(name), text);
    return this.path(name);
  }

  read(name: string): string {
    return fs.readFileSync(this.path(name), 'utf8');
  }

  exists(name: string): boolean {
    return fs.existsSync(this.path(name));
  }

  /** The script to give to Node.js for `tally`. */
  get program(): string {
    return path.join(this.project, 'tally.js');
  }

  /** `tally WORDS…`, standing in the world's folder. */
  start(words: readonly string[], extra: Readonly<Record<string, string>> = {}): Started {
    return this.spawn([process.execPath, this.program, ...words], extra);
  }

  /** Any program, with the world's environment; ended with the world. */
  spawn(
    [program = '', ...words]: readonly string[],
    extra: Readonly<Record<string, string>> = {},
    folder = this.folder,
  ): Started {
    const child = spawn(program, words, { cwd: folder, env: this.environment(extra) });
    const started = follow(child);
    this.started.push(started);
    return started;
  }

  async run(
    words: readonly string[],
    input = '',
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    const started = this.start(words, extra);
    started.child.stdin.end(input);
    return started.ended;
  }

  /** Resolves when the answer is no longer undefined; asked again and again. */
  async until<Value>(
    what: string,
    ask: () => Value | undefined,
    withinMs = patienceMs,
  ): Promise<Value> {
    return until(what, ask, withinMs);
  }

  /** A file for the run's input. Each customer visits the branch of its position, modulo. */
  scenario({ branches = 3, customers = 3, deposits = 1, faults }: Shape = {}): string {
    const entries = [
      ...Array.from({ length: customers }, (_, index) => ({
        id: (index % branches) + 1,
        type: 'customer',
        events: [
          ...Array.from({ length: deposits }, (_deposit, id) => deposit(id + 1)),
          { id: deposits + 1, interface: 'query' },
        ],
      })),
      ...Array.from({ length: branches }, (_, index) => ({
        id: index + 1,
        type: 'branch',
        balance: 400,
      })),
    ];
    return this.write(
      'input.json',
      faults === undefined ? entries : { processes: entries, faults },
    );
  }

  /** An app of the user's own in this home, with its saved list: no run may touch either. */
  startUserApp(): UserApp {
    const script = this.write('user-app.js', 'setInterval(() => {}, 1_000_000);');
    this.pm2('start', script, '--name', 'user-app');
    this.pm2('save');
    const app = Number(this.pm2('pid', 'user-app'));
    const processes = this.processes();
    assert.ok(processes.some(({ pid }) => pid === app));
    const dump = fs.readFileSync(path.join(this.pm2Home, 'dump.pm2'), 'utf8');
    return { processes, dump };
  }

  /** The user's daemon and app are the same processes, and the saved list is the same. */
  assertUntouched({ processes, dump }: UserApp): void {
    assert.deepEqual(
      this.processes().filter(({ pid }) => processes.some((theirs) => theirs.pid === pid)),
      processes,
    );
    assert.equal(fs.readFileSync(path.join(this.pm2Home, 'dump.pm2'), 'utf8'), dump);
  }

  /** pm2's own command line, as a user has it. */
  pm2(...words: readonly string[]): string {
    return execFileSync(path.join(projectFolder, 'node_modules/.bin/pm2'), words, {
      env: this.environment({ PM2_DISCRETE_MODE: 'true' }),
      encoding: 'utf8',
    });
  }

  daemon(): ProcessIdentity | undefined {
    const file = path.join(this.pm2Home, 'pm2.pid');
    if (!fs.existsSync(file)) return undefined;
    const pid = Number(fs.readFileSync(file, 'utf8'));
    return findByEnvironment(`PM2_HOME=${this.pm2Home}`, 'TALLY_RUN').find(
      (found) => found.pid === pid,
    );
  }

  /** Every process of this world that lives, but the tests' own: apps, guards, daemons. */
  processes(): ProcessIdentity[] {
    return findByEnvironment(`PM2_HOME=${this.pm2Home}`);
  }

  /** A process of this world whose command line matches. */
  findProcess(named: RegExp): ProcessIdentity | undefined {
    return this.processes().find(({ pid }) => named.test(commandLine(pid)));
  }

  /** For `until`: true when the process has ended. */
  gone(pid: number): true | undefined {
    return identify(pid) === undefined ? true : undefined;
  }

  /** The processes of one run, but its guard. */
  processesOf(runId: string): ProcessIdentity[] {
    return findByEnvironment(`TALLY_RUN=${runId}`, 'TALLY_GUARD');
  }

  /** Nothing of any run is left: no process, no daemon, no socket; the user's own are not ours. */
  assertNothingLeft(user?: UserApp): void {
    const left = this.others(user).map(({ pid }) => commandLine(pid));
    assert.deepEqual(left, [], 'processes were left behind');
    const sockets = ['tally-daemon.json', ...(user ? [] : ['rpc.sock', 'pub.sock', 'pm2.pid'])];
    const files = sockets.filter((name) => fs.existsSync(path.join(this.pm2Home, name)));
    assert.deepEqual(files, [], `files were left in ${this.pm2Home}`);
    if (user !== undefined) this.assertUntouched(user);
    const runs = this.runIds().map((id) => id.slice(-4));
    const folders = fs
      .readdirSync(os.tmpdir())
      .filter((name) => runs.some((suffix) => name.startsWith(`tally-${suffix}-`)));
    assert.deepEqual(folders, [], 'socket folders were left behind');
  }

  /** Guards take a moment to see that their run is over. */
  async untilNothingLeft(withinMs: number, user?: UserApp): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.others(user).length > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.assertNothingLeft(user);
  }

  private others(user: UserApp | undefined): ProcessIdentity[] {
    const theirs = new Set(user?.processes.map(({ pid }) => pid));
    return this.processes().filter(({ pid }) => !theirs.has(pid));
  }

  runIds(): string[] {
    const runs = this.path('runs');
    return fs.existsSync(runs)
      ? fs.readdirSync(runs).filter((name) => name !== 'latest' && !name.startsWith('.'))
      : [];
  }

  runRecord(): RunRecordView {
    return JSON.parse(this.read('runs/latest/run.json')) as RunRecordView;
  }

  private close(): void {
    for (const { child } of this.started) child.kill('SIGKILL');
    // Looked for until there are none: who is just being born would make the folder anew.
    const until = performance.now() + patienceMs;
    for (let left = this.processes(); left.length > 0; left = this.processes()) {
      for (const one of left) signal(one, 'SIGKILL');
      assert.ok(performance.now() < until, `processes of ${this.folder} cannot be killed`);
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** How a scenario is made: the events of each customer are so many deposits of 10 and a query. */
export interface Shape {
  readonly branches?: number;
  readonly customers?: number;
  readonly deposits?: number;
  readonly faults?: readonly Fault[];
}

/** What is the user's own in a world: pm2's daemon, an app in it, and the saved list. */
export interface UserApp {
  readonly processes: readonly ProcessIdentity[];
  readonly dump: string;
}

/** The parts of `run.json` that tests look at. */
export interface RunRecordView {
  readonly runId: string;
  readonly state: string;
  readonly supervisor: ProcessIdentity;
  readonly branches: readonly {
    readonly id: number;
    readonly app: string;
    readonly pid: number;
    readonly target: string;
    readonly node?: string;
  }[];
  readonly outcome: null | {
    readonly exitCode: number;
    readonly reason: string;
    readonly verdict: string | null;
    readonly output: string | null;
    readonly causes: readonly { readonly reason: string; readonly message: string }[];
  };
}

function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return `process ${pid}`;
  }
}
