// Has V8 keep the code that it compiles while a branch and a customer do what they do in a run.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A run this small takes a third of a second. */
const withinMs = 20_000;

/**
 * Two branches, and a customer of the first. Without the compiled code children start too, only
 * later; so if this cannot be done, nobody need know.
 * @param {string} programs the folder with `branch.cjs` and `customer.cjs`
 */
export async function compileAhead(programs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-build-'));
  writeOrders(folder);
  /** @type {(program: string, number: string, env: NodeJS.ProcessEnv) => Child} */
  const start = (program, number, env) =>
    new Child([path.join(programs, program), path.join(folder, 'topology.json'), number], env);
  const fellow = start('branch.cjs', '2', {});
  const branch = start('branch.cjs', '1', keepCompiled);
  try {
    await Promise.all([fellow.serving, branch.serving]);
    await start('customer.cjs', '1', keepCompiled).ended;
  } finally {
    fellow.stop();
    branch.stop();
    await Promise.all([fellow.ended, branch.ended]);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const keepCompiled = { TALLY_KEEP_COMPILED: '1' };

/** @param {string} folder */
function writeOrders(folder) {
  const branches = [1, 2].map((id) => ({
    id,
    process: `branch-${id}`,
    target: `unix:${folder}/${id}.sock`,
    balance: 400,
  }));
  const topology = {
    runId: 'build',
    folder,
    history: true,
    branches,
    deadlines: { customerCallMs: withinMs, updateMs: withinMs },
    paceMs: 0,
    faults: [],
    supervisorPid: process.pid,
  };
  const events = [
    { id: 1, interface: 'query' },
    { id: 2, interface: 'deposit', money: 170 },
    { id: 3, interface: 'withdraw', money: 70 },
    { id: 4, interface: 'query' },
  ];
  fs.mkdirSync(path.join(folder, 'visits'));
  fs.writeFileSync(path.join(folder, 'topology.json'), JSON.stringify(topology));
  const order = JSON.stringify({ entry: 1, customer: 1, events });
  fs.writeFileSync(path.join(folder, 'visits/1.events.json'), order);
}

class Child {
  /**
   * @param {string[]} command
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(command, env) {
    const child = spawn(process.execPath, command, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: withinMs,
    });
    this.process = child;
    /** @type {Promise<void>} */
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    /** Resolves at the first line that it prints, or at its end. */
    this.serving = Promise.race([
      this.ended,
      new Promise((resolve) => child.stdout.once('data', resolve)),
    ]);
  }

  stop() {
    this.process.kill('SIGINT');
  }
}
