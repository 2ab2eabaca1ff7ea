import { limits } from '../bank/limits.ts';
import {
  awaitEnd,
  findByEnvironment,
  identify,
  isAlive,
  type ProcessIdentity,
  signal,
} from './life.ts';
import { guardVariable, runVariable } from './run-id.ts';

/** The processes of a run as the system shows them, whatever the engine says of them. */
export class RunProcesses {
  private readonly runId: string;
  /** Every process that this run was ever told of. */
  private readonly remembered = new Map<number, ProcessIdentity>();

  constructor(runId: string) {
    this.runId = runId;
  }

  remember(pid: number): void {
    const identity = identify(pid);
    if (identity !== undefined) this.remembered.set(pid, identity);
  }

  kill(): void {
    for (const identity of this.living()) signal(identity, 'SIGKILL');
  }

  /** What does not end by itself within `patienceMs` is killed; answers what outlived even that. */
  async end(patienceMs: number): Promise<readonly ProcessIdentity[]> {
    const left = await awaitEnd(this.living(), patienceMs);
    for (const identity of left) signal(identity, 'SIGKILL');
    return awaitEnd(left, limits.stopMs);
  }

  /** By their environment, and as remembered where the system does not show environments. */
  private living(): ProcessIdentity[] {
    const found = findByEnvironment(`${runVariable}=${this.runId}`, guardVariable);
    const missed = [...this.remembered.values()].filter(
      (remembered) => isAlive(remembered) && !found.some(({ pid }) => pid === remembered.pid),
    );
    return [...found, ...missed];
  }
}
