/** The processes of this node: each holds a lifeline, and ends when the agent does, however that dies. */
import { limits } from '../bank/limits.ts';
import type { Holder } from '../process/lifeline.ts';
import { Lifeline } from '../process/lifeline-server.ts';
import type { Told } from '../process/told.ts';

/** What happens to the children, told as it happens. */
export interface ChildListener {
  readonly held: (holder: Holder) => void;
  readonly said: (process: string, message: object) => void;
}

export class Children {
  private readonly lifeline: Lifeline;
  private readonly living: Set<Holder>;
  private allGone: () => void = () => {};

  private constructor(lifeline: Lifeline, living: Set<Holder>) {
    this.lifeline = lifeline;
    this.living = living;
  }

  static async open(path: string, { held, said }: ChildListener): Promise<Children> {
    const living = new Set<Holder>();
    let children: Children | undefined;
    const lifeline = await Lifeline.open(path, {
      held: (holder) => {
        living.add(holder);
        held(holder);
      },
      released: (holder) => {
        living.delete(holder);
        if (living.size === 0) children?.allGone();
      },
      said,
    });
    children = new Children(lifeline, living);
    return children;
  }

  /** Tells the process of this name, or all. */
  tell(process: string | null, told: Told): void {
    if (process === null) this.lifeline.tellAll(told);
    else this.lifeline.tell(process, told);
  }

  /** To the process of this name, or to all. */
  signal(process: string | null, signal: 'SIGINT' | 'SIGKILL'): void {
    for (const holder of this.living) {
      if (process === null || holder.process === process) kill(holder.pid, signal);
    }
  }

  /** Ends them all: each ends by itself as its lifeline does, or is killed. */
  async close(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      this.allGone = resolve;
    });
    this.lifeline.end();
    const timer = setTimeout(() => this.signal(null, 'SIGKILL'), limits.childEndMs);
    if (this.living.size > 0) await gone;
    clearTimeout(timer);
  }
}

/** Only a process that holds its lifeline gets a signal, so its id cannot be another's yet. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
