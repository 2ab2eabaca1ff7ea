import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { BranchFault, Fault, MessageFault, UpdateMoment } from '../bank/faults.ts';
import { branchProcess, runFiles, type Topology } from '../bank/topology.ts';
import type { HistoryWriter } from '../process/history.ts';
import { appendMark, countMarks } from '../process/life.ts';
import { awaitUpdates } from './absence.ts';
import { strikeMessage, type Result, type Transmit } from './message-faults.ts';
import type { Effect, LedgerRecord, Response } from './protocol.ts';

type Send = Extract<Effect, { type: 'send' }>;

/** A fault of this branch, and its place in the list of all, which names its count file. */
interface Declared<Kind extends Fault> {
  readonly fault: Kind;
  readonly index: number;
}

/** gRPC hands an answer to the kernel within a few turns of the event loop. */
const turnsOfAnswer = 10;

/**
 * Carries out the declared faults that strike this branch, exactly where they are declared. What
 * they are keyed to is counted in the run's folder, over all lives of the branch.
 */
export class BranchFaults {
  private readonly topology: Topology;
  private readonly id: number;
  private readonly history: HistoryWriter | undefined;
  private readonly ofUpdates: readonly Declared<BranchFault>[];
  private readonly ofMessages: readonly Declared<MessageFault>[];

  /** @returns undefined when no fault strikes this branch: then none costs anything either */
  static of(
    topology: Topology,
    id: number,
    history: HistoryWriter | undefined,
  ): BranchFaults | undefined {
    const faults = new BranchFaults(topology, id, history);
    return faults.ofUpdates.length + faults.ofMessages.length > 0 ? faults : undefined;
  }

  private constructor(topology: Topology, id: number, history: HistoryWriter | undefined) {
    this.topology = topology;
    this.id = id;
    this.history = history;
    const declared = topology.faults.map((fault, index) => ({ fault, index }));
    this.ofUpdates = declared.filter(
      (entry): entry is Declared<BranchFault> =>
        'branch' in entry.fault && entry.fault.branch === id,
    );
    this.ofMessages = declared.filter(
      (entry): entry is Declared<MessageFault> => 'from' in entry.fault && entry.fault.from === id,
    );
  }

  /** A branch that was struck to be kept down does not return before its time. */
  async stayDown(): Promise<void> {
    const historyFile = path.join(this.topology.folder, runFiles.history);
    for (const { fault, index } of this.ofUpdates) {
      if (fault.fault !== 'keep-branch-down') continue;
      if (countMarks(this.countFile(index)) < fault.update) continue;
      await awaitUpdates(historyFile, textOf(fault), fault.updates);
    }
  }

  beforeAppend(record: LedgerRecord): void {
    if (record.kind === 'prepare') this.at('before-record');
    else if (this.decides(record)) this.at('before-decide');
  }

  afterAppend(record: LedgerRecord): void {
    if (record.kind === 'prepare') this.at('after-record');
    else if (this.decides(record)) this.at('after-decide');
  }

  beforeReply(response: Response): void {
    if (acknowledges(response)) this.at('before-acknowledge');
  }

  afterReply(response: Response): void {
    if (acknowledges(response)) void this.afterAcknowledge();
  }

  /**
   * Sends a message, or does to it what was declared.
   * @returns the answers that arrive
   */
  async convey(send: Send, transmit: Transmit, deadline: number): Promise<Result[]> {
    const fault = this.faultOf(send);
    return fault ? strikeMessage(fault, transmit, deadline) : [await transmit(deadline)];
  }

  private async afterAcknowledge(): Promise<void> {
    for (let count = 0; count < turnsOfAnswer; count += 1) await turn();
    this.at('after-acknowledge');
  }

  /** A decision of an own update that answers its event. */
  private decides(record: LedgerRecord): boolean {
    if (record.kind !== 'commit' && record.kind !== 'abort') return false;
    const isAnswer = record.kind === 'commit' || record.reason !== undefined;
    return isAnswer && record.tx.startsWith(`${this.id}.`);
  }

  private at(moment: UpdateMoment): void {
    // All are counted before one strikes, for none counts after a SIGKILL.
    const due = this.ofUpdates.filter(
      ({ fault, index }) => fault.when === moment && this.isNow(index, fault.update),
    );
    for (const { fault } of due) {
      this.record(fault);
      if (fault.fault === 'pause-branch') standStill(fault.resumeAfterMs);
      else process.kill(process.pid, 'SIGKILL');
    }
  }

  private faultOf({ request, to }: Send): MessageFault | undefined {
    const due = this.ofMessages.filter(
      ({ fault, index }) =>
        fault.interface === request.interface &&
        fault.to === to &&
        this.isNow(index, fault.message),
    );
    for (const { fault } of due) this.record(fault);
    return due.at(-1)?.fault;
  }

  /** Counts; a count that is on file before the fault strikes lets it strike once only. */
  private isNow(index: number, wanted: number): boolean {
    return appendMark(this.countFile(index)) === wanted;
  }

  private countFile(index: number): string {
    return path.join(this.topology.folder, runFiles.faultCount(index));
  }

  private record(fault: BranchFault | MessageFault): void {
    const subject = branchProcess(this.id);
    this.history?.write({ kind: 'fault', subject, fault: fault.fault, text: textOf(fault) });
    this.history?.flush();
  }
}

const acknowledges = ({ interface: name }: Response): boolean =>
  name === 'propagate_deposit' || name === 'propagate_withdraw';

/**
 * To everybody else a process whose event loop stands still is one that got SIGSTOP: connections
 * are accepted by the kernel, nothing is answered, and afterwards everything is late at once. But
 * it needs nobody to wake it who might be gone by then.
 */
function standStill(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

const moments: Readonly<Record<UpdateMoment, string>> = {
  'before-record': 'before it records',
  'after-record': 'after it recorded',
  'before-acknowledge': 'before it acknowledges',
  'after-acknowledge': 'after it acknowledged',
  'before-decide': 'before it decides',
  'after-decide': 'after it decided',
};

/** The fault in words, the same on every mention. */
function textOf(fault: BranchFault | MessageFault): string {
  if ('from' in fault) {
    const part = fault.part ?? 'request';
    const what = `${part} ${fault.message} of ${fault.interface} from branch-${fault.from} to branch-${fault.to}`;
    return `${fault.fault}: ${what}`;
  }
  return `${fault.fault}: ${branchProcess(fault.branch)} ${moments[fault.when]} update ${fault.update}`;
}
