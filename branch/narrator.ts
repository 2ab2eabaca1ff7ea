import { pm2Metrics, type Send, Ticker } from '../process/metrics.ts';
import { Printer } from '../process/print.ts';
import type { BranchWatcher } from './context.ts';
import type { LedgerRecord } from './protocol.ts';

/** What there is to see of a branch. */
interface State {
  readonly balance: number;
  readonly version: number;
}

/** Tells people what a branch does: lines in its log, metrics in `pm2 monit`. */
export class Narrator implements BranchWatcher {
  private readonly printer: Printer;
  private metrics: Ticker | undefined;
  private onHalt: ((message: string) => void) | undefined;
  private readonly branches: number;
  private readonly send: Send | undefined;
  private served = 0;

  /**
   * @param branches how many there are, since all change together
   * @param send to whoever shows metrics, if anybody does
   */
  constructor(branches: number, send: Send | undefined) {
    this.printer = new Printer(branches);
    this.branches = branches;
    this.send = send;
  }

  /** The branch is there, and can be looked at. */
  watch(state: State, onHalt: (message: string) => void): void {
    this.onHalt = onHalt;
    const { send } = this;
    if (send === undefined) return;
    this.metrics = new Ticker(() => {
      const { balance, version } = state;
      send(pm2Metrics({ Balance: balance, Version: version, Served: this.served }));
    }, this.branches);
  }

  halted(message: string): void {
    this.onHalt?.(message);
  }

  say(line: string): void {
    this.printer.print(() => line);
    this.printer.flush();
    this.metrics?.changed();
  }

  recorded(record: LedgerRecord): void {
    if (record.kind === 'open') return;
    this.printer.print(() => inWords(record));
    this.metrics?.changed();
  }

  answered(): void {
    this.served += 1;
    this.metrics?.changed();
  }

  end(): void {
    this.printer.flush();
  }
}

function inWords(record: Exclude<LedgerRecord, { kind: 'open' }>): string {
  switch (record.kind) {
    case 'fence':
      return `branch ${record.branch} was started anew without its ledger: only incarnation ${record.incarnation} of it counts`;
    case 'recover':
      return `recovered from the fellows: version ${record.version}, balance ${record.balance}`;
    case 'prepare': {
      const what = record.delta < 0 ? `withdraw ${-record.delta}` : `deposit ${record.delta}`;
      return `update ${record.tx} of branch ${record.origin}: ${what}, held ready`;
    }
    case 'commit':
      return `update ${record.tx}: applied, version ${record.version}, balance ${record.balance}`;
    case 'abort':
      return `update ${record.tx}: dropped${record.detail === undefined ? '' : `, ${record.detail}`}`;
    case 'refuse':
      return `refused: ${record.detail}`;
  }
}
