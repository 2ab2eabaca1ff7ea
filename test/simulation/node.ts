import { limits } from '../../bank/limits.ts';
import { finalWord } from '../../branch/consult.ts';
import type { FinalWord } from '../../branch/old-word.ts';
import type { Effect, LedgerRecord, Tx } from '../../branch/protocol.ts';
import { encodeRecord, readLedger } from '../../branch/record.ts';
import type { Prepared } from '../../branch/book.ts';
import { Replica } from '../../branch/replica.ts';
import type { Settings } from '../../branch/settings.ts';
import type { Plan } from './plan.ts';
import { copyBook, copyDesk } from './copy.ts';
import { type Judge, Violation } from './judge.ts';
import { type Message, type ReturnPath, processName, requestName } from './message.ts';

/** A kind of replica: the real one, or one that was broken on purpose. */
export type ReplicaClass = typeof Replica;

/** A branch: a disk that survives and, while it is up, a replica. */
export interface Node {
  settings: Settings;
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
  /** Its answers to customers count: it was not given up, or that was not long enough ago. */
  leased: boolean;
}

const newNode = (settings: Settings, replicaClass: ReplicaClass): Node => ({
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
  leased: true,
});

/** The branches of a bank before it opens. */
export function newNodes(plan: Plan, replicaClass: ReplicaClass): Node[] {
  const { branches, balance, witnesses = false, sharedLedgers = false } = plan;
  const ids = Array.from({ length: branches }, (_, place) => place + 1);
  return ids.map((id) => {
    const peers = ids.filter((peer) => peer !== id);
    const settings = { runId: 'simulation', id, incarnation: 1, peers, fences: [], balance };
    const witness = witnesses ? { witness: (id % branches) + 1 } : {};
    const shared = sharedLedgers ? { hasSharedLedgers: true } : {};
    return newNode({ ...settings, updateMs: 5_000, ...witness, ...shared }, replicaClass);
  });
}

/** The branch as it is to be started on another machine. */
export function successor(node: Node): Node {
  const { settings, replicaClass, now } = node;
  const next = { ...settings, incarnation: settings.incarnation + 1 };
  return { ...newNode(next, replicaClass), now };
}

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

/** What the ledger of a node says of an own update, exactly as a branch process reads it. */
export const finalWordOf = ({ lines, torn }: Node, tx: Tx): FinalWord | undefined =>
  finalWord(readLedger([...lines, torn]), tx);

/** A fellow's update is pending, so that the balance may not be told without asking. */
export function holdsForeign({ replica, settings }: Node): boolean {
  const { pending } = replica?.book ?? {};
  return pending !== undefined && pending.origin !== settings.id;
}

/** A branch's request to a fellow. */
export function letter(
  { settings, life }: Node,
  { request, to, call, incarnation: means }: Extract<Effect, { type: 'send' }>,
): Message {
  const about = requestName(request);
  const { id, incarnation } = settings;
  const from = { party: { kind: 'branch', id }, incarnation, life, call, about } as const;
  const signature = { branch: id, incarnation, to: means };
  const name = `${processName(signature)} > ${processName({ branch: to, incarnation: means })}: ${about}`;
  return { type: 'request', name, to, from, request, signature, patienceMs: limits.attemptMs };
}

/** Writes a line, and lets the judge see what it commits. */
export function append(node: Node, record: LedgerRecord, judge: Judge): void {
  const { id } = node.settings;
  node.lines = [...node.lines, encodeRecord(record)];
  if (record.kind === 'prepare') node.prepared = record;
  if (record.kind === 'recover') {
    node.commits = record.version;
    // What a process makes of old answers when its place has been taken, nobody hears.
    if (node.leased) judge.recovered(id, record);
  }
  if (record.kind !== 'commit') return;
  if (node.prepared?.tx !== record.tx)
    throw new Violation(`branch ${id} commits ${record.tx} without a prepare line`);
  node.commits += 1;
  judge.committed(id, node.prepared, record);
}

/** Leaves nothing but the ledger, and returns those whose calls break off. */
export function die(node: Node): ReturnPath[] {
  const callers = [...node.callers.values()];
  node.callers.clear();
  node.replica = undefined;
  node.life += 1;
  node.wakeAt = Infinity;
  return callers;
}
