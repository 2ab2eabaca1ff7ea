// The process of one branch: node branch.cjs TOPOLOGY_JSON BRANCH_ID
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import { branchProcess, runFiles, type Topology } from '../bank/topology.ts';
import { exitCode } from '../process/exit.ts';
import { endAtBug } from '../process/fatal.ts';
import { boundHeap, delayShrinking } from '../process/heap.ts';
import { HistoryWriter } from '../process/history.ts';
import { beginLife } from '../process/life.ts';
import { holdLifeline, type HeldLifeline } from '../process/lifeline.ts';
import { ipcSend } from '../process/metrics.ts';
import { printTrouble } from '../process/print.ts';
import { movedTopic, overTopic } from '../process/told.ts';
import { readAccess, readOrder } from '../process/topology.ts';
import { serve, type BranchHandlers, type BranchServer } from '../rpc/server.ts';
import { Branch } from './branch.ts';
import { BranchFaults } from './faults.ts';
import { Narrator } from './narrator.ts';

async function main(): Promise<void> {
  const read = readOrder(process.argv.slice(2), 'node branch.cjs TOPOLOGY_JSON BRANCH_ID');
  if (!read.ok) return end(exitCode.usage, read.message);
  const { topology, number: id } = read.order;
  if (!topology.branches.some((branch) => branch.id === id))
    return end(exitCode.usage, `run ${topology.runId} has no branch ${id}`);
  const name = branchProcess(id);
  endAtBug(process, name);
  const lifeline = await holdLifeline(topology.lifeline, { process: name, pid: process.pid });
  return serveBranch(topology, id, lifeline);
}

async function serveBranch(
  topology: Topology,
  id: number,
  lifeline: HeldLifeline | undefined,
): Promise<void> {
  const name = branchProcess(id);
  const history = openHistory(topology, name);
  const faults = BranchFaults.of(topology, id, history);
  await faults?.stayDown();
  const access = readAccess(topology);
  const narrator = new Narrator(topology.branches.length, ipcSend(process) ?? lifeline?.send);
  const branch = new Branch({
    topology,
    id,
    process: name,
    access,
    history,
    faults,
    watcher: narrator,
  });
  const { target } = branch;
  // Listening comes first: who holds the address is the one who may write the ledger.
  const { token, identity: tls } = access;
  const served = await serve({ target, token, tls }, handlersOf(branch));
  if (!served.ok)
    return end(exitCode.addressUnusable, `${name} cannot listen at ${target}: ${served.detail}`);
  const stop = stopper(served.server, narrator);
  lifeline?.hear((told) => {
    if (told.topic === movedTopic) branch.moved(told.branch);
    else if (told.topic === overTopic) void stop(exitCode.supervisorGone);
  });
  narrator.watch(branch, (message) => {
    printTrouble(message);
    void stop(exitCode.ledgerUnusable);
  });
  const problem = branch.recover();
  if (problem !== undefined)
    return end(exitCode.ledgerUnusable, `${name} cannot use its ledger: ${problem}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(exitCode.done));
  await branch.restored;
  served.server.setServing();
  boundHeap();
  delayShrinking();
  narrator.say(`${name} serves at ${target}, version ${branch.version}, balance ${branch.balance}`);
}

function end(code: number, message: string): never {
  printTrouble(message);
  process.exit(code);
}

function openHistory(topology: Topology, name: string): HistoryWriter | undefined {
  const life = beginLife(topology.folder, name);
  if (!topology.history) return undefined;
  const file = path.join(topology.folder, runFiles.history);
  return new HistoryWriter({ file, process: name, life });
}

/** Every call of the service, delivered at the one place. */
function handlersOf(branch: Branch): BranchHandlers {
  return {
    Query: (message, deadline) => branch.msgDelivery('Query', message, deadline),
    Deposit: (message, deadline) => branch.msgDelivery('Deposit', message, deadline),
    Withdraw: (message, deadline) => branch.msgDelivery('Withdraw', message, deadline),
    Propagate_Deposit: (message, deadline) =>
      branch.msgDelivery('Propagate_Deposit', message, deadline),
    Propagate_Withdraw: (message, deadline) =>
      branch.msgDelivery('Propagate_Withdraw', message, deadline),
    Decide: (message, deadline) => branch.msgDelivery('Decide', message, deadline),
    Ask: (message, deadline) => branch.msgDelivery('Ask', message, deadline),
    Recover: (message, deadline) => branch.msgDelivery('Recover', message, deadline),
    Connect: (message) => Promise.resolve(branch.connect(message)),
    Settle: (message, deadline) => branch.msgDelivery('Settle', message, deadline),
  };
}

/** Ends the process when open calls had their chance to finish; once is enough. */
function stopper(server: BranchServer, narrator: Narrator): (code: number) => Promise<void> {
  let stopping = false;
  return async (code) => {
    if (stopping) return;
    stopping = true;
    if (server.isIdle) server.abandon();
    else await server.stop(limits.drainMs);
    narrator.end();
    process.exit(code);
  };
}

void main();
