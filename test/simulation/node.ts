import { readLedger } from '../../branch/record.ts';
import type { Prepared } from '../../branch/book.ts';
import { Replica } from '../../branch/replica.ts';
import type { Settings } from '../../branch/settings.ts';
import { copyBook, copyDesk } from './copy.ts';
import { Violation } from './judge.ts';
import type { ReturnPath } from './message.ts';

/** A kind of replica: the real one, or one that was broken on purpose. */
export type ReplicaClass = typeof Replica;

/** A branch: a disk that survives and, while it is up, a replica. */
export interface Node {
  readonly settings: Settings;
  readonly replicaClass: ReplicaClass;
  /** The text of the ledger, line by line as it was written, and what a crash left of the next. */
  lines: readonly string[];
  torn: string;
  /** What the lines say: the last prepared update, and how many were committed. */
  prepared: Prepared | undefined;
  commits: number;
  replica: Replica | undefined;
  life: number;
  now: number;
  wakeAt: number;
  /** Who waits for the answer to which request. */
  readonly callers: Map<number, ReturnPath>;
  lastCall: number;
}

export const newNode = (settings: Settings, replicaClass: ReplicaClass): Node => ({
  settings,
  replicaClass,
  lines: [],
  torn: '',
  prepared: undefined,
  commits: 0,
  replica: undefined,
  life: 0,
  now: 0,
  wakeAt: Infinity,
  callers: new Map(),
  lastCall: 0,
});

export function copyNode(node: Node): Node {
  const { replica, replicaClass, settings } = node;
  const copy =
    replica && new replicaClass(settings, copyBook(replica.book), copyDesk(replica.desk));
  return { ...node, replica: copy, callers: new Map(node.callers) };
}

/** A replica as the ledger makes it, exactly as a branch process reads it. */
export function replayed({ settings, replicaClass, lines, torn }: Node): Replica {
  const replica = new replicaClass(settings);
  for (const entry of readLedger([...lines, torn])) {
    if (entry.type === 'corrupt') throw new Violation(`line ${entry.line}: ${entry.message}`);
    if (entry.type === 'torn') continue;
    const problem = replica.replay(entry.record);
    if (problem !== undefined) throw new Violation(`line ${entry.line}: ${problem}`);
  }
  return replica;
}

/** A fellow's update is pending, so that the balance may not be told without asking. */
export function holdsForeign({ replica, settings }: Node): boolean {
  const { pending } = replica?.book ?? {};
  return pending !== undefined && pending.origin !== settings.id;
}
