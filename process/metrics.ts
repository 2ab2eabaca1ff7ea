import { gatherMs } from './period.ts';

/** Metrics of one process change at most this often, so that people can read them. */
const periodMs = 250;

/** Sends a message to whoever started this process; false where nobody listens. */
export type Send = (message: object) => void;

/** pm2's channel, if pm2 or anybody else who talks over IPC started us. */
export function ipcSend(process: NodeJS.Process): Send | undefined {
  if (process.send === undefined) return undefined;
  // A channel that closes meanwhile is the lifeline's business, not an error here.
  return (message) => void process.send?.(message, undefined, undefined, () => {});
}

/** Custom metrics, as `pm2 monit` shows them. */
export const pm2Metrics = (values: Readonly<Record<string, number | string>>): object => ({
  type: 'axm:monitor',
  data: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
});

/**
 * Tells the latest state once in a period while it changes. What is untold when the process ends
 * stays so: nobody can look at it any more.
 */
export class Ticker {
  private readonly tell: () => void;
  private readonly periodMs: number;
  private timer: NodeJS.Timeout | undefined;

  /** @param together how many processes tell at the same time */
  constructor(tell: () => void, together: number) {
    this.tell = tell;
    this.periodMs = gatherMs(periodMs, together);
  }

  /** Something changed. */
  changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell();
    }, this.periodMs).unref();
  }
}
