// The process of one customer entry: node customer.cjs TOPOLOGY_JSON ENTRY
import path from 'node:path';
import type { EventResult } from '../bank/result.ts';
import { runFiles, visitProcess, type Topology } from '../bank/topology.ts';
import { exitCode } from '../process/exit.ts';
import { endAtBug } from '../process/fatal.ts';
import { boundHeap } from '../process/heap.ts';
import { HistoryWriter } from '../process/history.ts';
import { beginLife } from '../process/life.ts';
import { holdLifeline, type HeldLifeline } from '../process/lifeline.ts';
import { ipcSend, pm2Metrics, type Send, Ticker } from '../process/metrics.ts';
import { Printer, printTrouble } from '../process/print.ts';
import { movedTopic, overTopic } from '../process/told.ts';
import { awaitTurn } from '../process/turn.ts';
import { readAccess, readJson, readOrder } from '../process/topology.ts';
import { inWords } from './answer.ts';
import { Customer, type CustomerOrder } from './customer.ts';
import { VisitFaults } from './faults.ts';
import { ResultFile } from './result-file.ts';

async function main(): Promise<void> {
  // Everything is written by then, and an idle connection must not keep the process.
  process.exit(await run());
}

async function run(): Promise<number> {
  const read = readOrder(process.argv.slice(2), 'node customer.cjs TOPOLOGY_JSON ENTRY');
  if (!read.ok) return refuse(read.message);
  const { topology, number: entry } = read.order;
  const name = visitProcess(entry);
  endAtBug(process, name);
  const lifeline = await holdLifeline(topology.lifeline, { process: name, pid: process.pid });
  const order = readJson(path.join(topology.folder, runFiles.visitOrder(entry)));
  if (!order.ok) return refuse(order.message);
  await visit(topology, order.value as CustomerOrder, lifeline);
  return exitCode.done;
}

function refuse(message: string): number {
  printTrouble(message);
  return exitCode.usage;
}

/** Ends only when every event has its line in the result file. */
async function visit(
  topology: Topology,
  order: CustomerOrder,
  lifeline: HeldLifeline | undefined,
): Promise<void> {
  const { folder } = topology;
  const file = new ResultFile(path.join(folder, runFiles.visitResult(order.entry)));
  if (file.isComplete) return;
  const name = visitProcess(order.entry);
  const life = beginLife(folder, name);
  const history = topology.history
    ? new HistoryWriter({ file: path.join(folder, runFiles.history), process: name, life })
    : undefined;
  const context = { topology, access: readAccess(topology), process: name, history };
  const total = order.events.length;
  const customer = new Customer(order, context);
  customer.connect();
  const faults = new VisitFaults(order.entry, context);
  const send = ipcSend(process) ?? lifeline?.send;
  const story = new Story(send, () => [file.answers, total]);
  story.waits();
  await (topology.turns === 'lifeline' ? turnOn(lifeline, customer) : awaitTurn(process));
  boundHeap();
  for await (const result of customer.executeEvents(file.answers)) {
    file.append(result);
    story.tell(result);
    await faults.answered(result.position);
  }
  file.append({ complete: file.answers });
  file.close();
  story.end();
}

/** Resolves when it is the customer's turn; hears for the whole visit where its branch moves to. */
function turnOn(lifeline: HeldLifeline | undefined, customer: Customer): Promise<void> {
  if (lifeline === undefined) throw new Error('the topology names no lifeline to hear the turn on');
  return new Promise((resolve) => {
    lifeline.hear((told) => {
      if (told.topic === movedTopic) customer.moved(told.branch);
      else if (told.topic === overTopic) process.exit(exitCode.supervisorGone);
      else resolve();
    });
  });
}

/** What people see of a visit: lines in the log, progress in the terminal and in `pm2 monit`. */
class Story {
  // Customers act one by one.
  private readonly printer = new Printer(1);
  private readonly send: Send | undefined;
  private readonly progress: Ticker | undefined;

  constructor(send: Send | undefined, progress: () => readonly [done: number, total: number]) {
    this.send = send;
    if (send === undefined) return;
    this.progress = new Ticker(() => {
      const [done, total] = progress();
      send({ type: 'tally:progress', data: { done, total } });
      send(pm2Metrics({ Events: `${done} of ${total}` }));
    }, 1);
  }

  waits(): void {
    this.send?.(pm2Metrics({ Events: 'waits for its turn' }));
  }

  tell(result: EventResult): void {
    this.printer.print(() => inWords(result));
    this.progress?.changed();
  }

  end(): void {
    this.printer.flush();
  }
}

void main();
