import type { Fault, VisitFault } from '../bank/faults.ts';
import type { Topology } from '../bank/topology.ts';
import type { HistoryWriter } from '../process/history.ts';

/** Who a fault of a visit strikes, and how the history names it. */
interface Victim {
  readonly subject: string;
  readonly pid: number;
}

/**
 * Carries out the faults that are keyed to the answers of one visit. An answer is on file before
 * the fault strikes, so a customer that is started again is past it and the fault strikes once.
 */
export class VisitFaults {
  private readonly faults: readonly VisitFault[];
  private readonly context: FaultContext;

  constructor(entry: number, context: FaultContext) {
    this.faults = context.topology.faults.filter(
      (fault): fault is VisitFault => isVisitFault(fault) && fault.entry === entry,
    );
    this.context = context;
  }

  /**
   * So many events of the visit are answered now. Whoever is struck takes this process along, a
   * moment later: until then it must not act, so this is never fulfilled.
   */
  async answered(events: number): Promise<void> {
    const striking = this.faults.filter(({ event }) => event === events);
    for (const fault of striking) this.strike(fault);
    if (striking.length > 0) await new Promise(() => {});
  }

  private strike(fault: VisitFault): void {
    const { subject, pid } = this.victim(fault);
    const text = `SIGKILL to ${subject} after event ${fault.event} of entry ${fault.entry}`;
    this.context.history?.write({ kind: 'fault', subject, fault: fault.fault, text });
    this.context.history?.flush();
    process.kill(pid, 'SIGKILL');
  }

  private victim({ fault }: VisitFault): Victim {
    switch (fault) {
      case 'kill-customer':
        return { subject: this.context.process, pid: process.pid };
      case 'kill-daemon':
        // pm2's daemon started us.
        return { subject: 'pm2', pid: process.ppid };
      case 'kill-supervisor':
        return { subject: 'supervisor', pid: this.context.topology.supervisorPid };
    }
  }
}

interface FaultContext {
  readonly topology: Topology;
  readonly process: string;
  readonly history: HistoryWriter | undefined;
}

const isVisitFault = (fault: Fault): fault is VisitFault => 'entry' in fault;
