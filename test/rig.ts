/** Runs the real `tally` in a world of its own: private pm2 home, folders and environment. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { findByEnvironment, type ProcessIdentity, isAlive } from '../supervisor/life.ts';
import { projectFolder } from './project.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as standard error contains the text; rejects if the run ends before. */
  readonly says: (text: string) => Promise<void>;
}

/** Everything that a test does stays in one folder, which goes when the test ends. */
export class World {
  readonly folder: string;
  readonly pm2Home: string;
  private readonly started: Started[] = [];

  constructor(test: TestContext) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-test-'));
    this.pm2Home = path.join(this.folder, 'pm2');
    test.after(async () => this.close());
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

  /** `tally WORDS…`, standing in the world's folder. */
  start(words: readonly string[], extra: Readonly<Record<string, string>> = {}): Started {
    const program = path.join(projectFolder, 'tally.js');
    const child = spawn(process.execPath, [program, ...words], {
      cwd: this.folder,
      env: this.environment(extra),
    });
    const started = follow(child);
    this.started.push(started);
    return started;
  }

  async run(words: readonly string[], input = ''): Promise<Ended> {
    const started = this.start(words);
    started.child.stdin.end(input);
    return started.ended;
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
    return findByEnvironment(`PM2_HOME=${this.pm2Home}`, 'TALLY_NONE');
  }

  /** Nothing of any run is left: no process, no daemon, no socket. */
  assertNothingLeft(): void {
    const left = this.processes().map(({ pid }) => commandLine(pid));
    assert.deepEqual(left, [], 'processes were left behind');
    const sockets = ['rpc.sock', 'pub.sock', 'pm2.pid', 'tally-daemon.json'];
    const files = sockets.filter((name) => fs.existsSync(path.join(this.pm2Home, name)));
    assert.deepEqual(files, [], `files were left in ${this.pm2Home}`);
    const runs = this.runIds().map((id) => id.slice(-4));
    const folders = fs
      .readdirSync(os.tmpdir())
      .filter((name) => runs.some((suffix) => name.startsWith(`tally-${suffix}-`)));
    assert.deepEqual(folders, [], 'socket folders were left behind');
  }

  /** Guards take a moment to see that their run is over. */
  async untilNothingLeft(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.processes().length > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.assertNothingLeft();
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
    for (const { pid } of this.processes()) kill(pid);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
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
  }[];
  readonly outcome: null | {
    readonly exitCode: number;
    readonly reason: string;
    readonly verdict: string | null;
    readonly causes: readonly { readonly reason: string; readonly message: string }[];
  };
}

function follow(child: ChildProcessWithoutNullStreams): Started {
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of watchers) look();
  });
  // A child that ends without reading its input is no trouble.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!stderr.includes(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying "${text}":\n${stderr}`)));
    });
  return { pid: child.pid ?? 0, child, ended, says };
}

function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return `process ${pid}`;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

export const alive = isAlive;
