/** Metrics change at most this often, so that people can read them and pm2 is not flooded. */
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

/** Tells the latest state: at once, then at most every 250 ms, and never the same one twice. */
export class Ticker {
  private readonly tell: () => void;
  private timer: NodeJS.Timeout | undefined;
  private isStale = false;

  constructor(tell: () => void) {
    this.tell = tell;
  }

  /** Something changed. */
  changed(): void {
    this.isStale = true;
    if (this.timer === undefined) this.tick();
  }

  /** Tells what is not told yet; to be called before the process ends. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isStale) this.tell();
    this.isStale = false;
  }

  private tick(): void {
    this.timer = undefined;
    if (!this.isStale) return;
    this.isStale = false;
    this.tell();
    this.timer = setTimeout(() => this.tick(), periodMs).unref();
  }
}
