import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import {
  branchProcess,
  runFiles,
  visitProcess,
  type Topology,
  type VisitOrder,
} from '../bank/topology.ts';
import { HistoryWriter } from '../process/history.ts';
import { turnTopic } from '../process/turn.ts';
import { processorMsOf } from './kernel.ts';
import { launch } from './launch.ts';

/** The programs of a branch and of a customer: the real ones, or their floors. */
export interface Programs {
  readonly branch: string;
  readonly customer: string;
}

export interface BankOrder {
  readonly programs: Programs;
  readonly scenario: Scenario;
  /** Whether the processes record a history; the floors never do. */
  readonly history: boolean;
  /** An empty folder, with a path short enough for sockets. */
  readonly folder: string;
}

/** So much of a visit is done. */
export interface Progress {
  readonly done: number;
  /** On this process's clock. */
  readonly ms: number;
  /** What customer and branches together have used of the processors. */
  readonly processorMs: number;
}

/**
 * A run without a supervisor: branches and customers by plain spawn, in the order of a run. No pm2,
 * no limits, no restarts; a child that fails fails the measurement.
 */
export class BareBank {
  private readonly order: BankOrder;
  private readonly topologyFile: string;
  private readonly branches: Child[] = [];

  private constructor(order: BankOrder) {
    this.order = order;
    this.topologyFile = path.join(order.folder, runFiles.topology);
    writeOrders(order, this.topologyFile);
    if (order.history) writeHeader(order);
  }

  /** Starts every branch, and resolves when all of them serve. */
  static async open(order: BankOrder): Promise<BareBank> {
    const bank = new BareBank(order);
    for (const { id } of order.scenario.branches)
      bank.branches.push(new Child(order.programs.branch, [bank.topologyFile, String(id)]));
    try {
      await Promise.all(bank.branches.map((branch) => branch.serving));
    } catch (error) {
      await bank.close();
      throw error;
    }
    return bank;
  }

  get pids(): readonly number[] {
    return this.branches.map(({ pid }) => pid);
  }

  /** One customer from its start to its end; tells its progress only when that is wanted. */
  async visit(entry: number, onProgress?: (progress: Progress) => void): Promise<void> {
    const { customer } = this.order.programs;
    const onDone = onProgress && ((done: number): void => onProgress(this.progress(child, done)));
    const child: Child = new Child(customer, [this.topologyFile, String(entry)], onDone);
    await child.succeed();
  }

  private progress({ pid }: Child, done: number): Progress {
    const used = [...this.pids, pid].map(processorMsOf);
    return { done, ms: performance.now(), processorMs: used.reduce((sum, ms) => sum + ms, 0) };
  }

  async visitAll(): Promise<void> {
    for (const { entry } of this.order.scenario.visits) await this.visit(entry);
  }

  async close(): Promise<void> {
    for (const branch of this.branches) branch.stop();
    await Promise.all(this.branches.map((branch) => branch.ended));
  }
}

class Child {
  readonly serving: Promise<void>;
  readonly ended: Promise<number | null>;
  private readonly process: ChildProcess;
  private readonly program: string;

  constructor(program: string, parameters: string[], onDone?: (done: number) => void) {
    const channel = onDone ? (['ipc'] as const) : [];
    this.program = program;
    this.process = launch(process.execPath, [program, ...parameters], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit', ...channel],
    });
    // A customer that can be sent messages waits for its turn.
    if (onDone) this.process.send({ topic: turnTopic });
    this.ended = new Promise((resolve) => this.process.once('close', resolve));
    this.serving = this.untilServing();
    // Of customers nobody waits for this.
    this.serving.catch(() => {});
    this.process.on('message', ({ type, data }: { type: string; data: { done: number } }) => {
      if (type === 'tally:progress') onDone?.(data.done);
    });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Resolves when it has ended well. */
  async succeed(): Promise<void> {
    const code = await this.ended;
    if (code !== 0) throw new Error(`${this.program} ended with ${code}`);
  }

  stop(): void {
    this.process.kill('SIGINT');
  }

  private async untilServing(): Promise<void> {
    let printed = '';
    for await (const text of this.process.stdout ?? []) {
      printed += String(text);
      if (printed.includes(' serves')) break;
    }
    // The pipe is read on, or a child that prints much would wait for ever.
    this.process.stdout?.resume();
    if (!printed.includes(' serves')) throw new Error(`${this.program} never served`);
  }
}

function writeOrders({ folder, scenario, history }: BankOrder, topologyFile: string): void {
  const topology: Topology = {
    runId: 'bench',
    folder,
    history,
    branches: scenario.branches.map(({ id, balance }) => ({
      id,
      process: branchProcess(id),
      target: `unix:${folder}/${id}.sock`,
      balance,
    })),
    deadlines: { customerCallMs: limits.customerCallMs, updateMs: limits.updateMs },
    paceMs: 0,
    faults: [],
    supervisorPid: process.pid,
  };
  fs.writeFileSync(topologyFile, JSON.stringify(topology));
  fs.mkdirSync(path.join(folder, 'visits'), { recursive: true });
  for (const visit of scenario.visits) {
    const order: VisitOrder = visit;
    fs.writeFileSync(path.join(folder, runFiles.visitOrder(visit.entry)), JSON.stringify(order));
  }
}

/** The first line of a history, without which there is nothing to check it against. */
function writeHeader({ folder, scenario }: BankOrder): void {
  const file = path.join(folder, runFiles.history);
  const writer = new HistoryWriter({ file, process: 'supervisor', life: 0 });
  writer.write({
    kind: 'run',
    version: 1,
    runId: 'bench',
    input: 'bench',
    versions: { tally: '', node: process.version, engine: 'plain spawn' },
    branches: scenario.branches.map(({ id, balance }) => ({
      id,
      process: branchProcess(id),
      balance,
    })),
    visits: scenario.visits.map(({ entry, customer, events }) => ({
      entry,
      process: visitProcess(entry),
      customer,
      events: events.length,
    })),
  });
  writer.close();
}
