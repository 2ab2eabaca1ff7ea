import type { BranchAddress } from '../bank/topology.ts';
import { monotonicMs } from '../process/clock.ts';
import type { BranchCalls } from '../rpc/service.ts';
import type { CallResult } from '../rpc/status.ts';
import { Alarm } from './alarm.ts';
import type { BranchContext } from './context.ts';
import { consultLedger, Ledger } from './ledger.ts';
import { ledgerFile } from './ledger-file.ts';
import { Post } from './post.ts';
import type { Effect, Fence, Input, LedgerRecord, RefusalStatus } from './protocol.ts';
import { Reception } from './reception.ts';
import { Replica } from './replica.ts';
import { ReplicaStory } from './story.ts';
import { FellowStub } from './stub.ts';
import { turnsAfter } from './tell.ts';
import { openLetter, writeAnswer, wrongRun, type LetterName } from './wire.ts';

type Connect = BranchCalls['Connect'];

/**
 * One branch of the bank: a replica of the account, and the stubs of the fellow branches. What is
 * right is decided by `Replica`, which does nothing itself; this class carries its decisions out.
 */
export class Branch {
  /** The stubs of the fellow branches. Each connects when it is first used, unless told before. */
  readonly stubList: readonly FellowStub[];
  /** The gRPC target at which the branch is to be reached. */
  readonly target: string;
  /** Kept when the branch knows the state of the bank: at once, unless its ledger was lost. */
  readonly restored: Promise<void>;
  private readonly context: BranchContext;
  private readonly replica: Replica;
  private readonly reception: Reception;
  private readonly post: Post;
  private readonly fellows: ReadonlyMap<string, number>;
  private tellRestored: () => void = () => {};
  private readonly alarm = new Alarm(() => this.take({ type: 'time' }));
  private ledger: Ledger | undefined;
  private story: ReplicaStory | undefined;

  constructor(context: BranchContext) {
    const { topology, id, access } = context;
    const self = topology.branches.find((branch) => branch.id === id);
    if (self === undefined) throw new Error(`run ${topology.runId} has no branch ${id}`);
    const fellows = topology.branches.filter((branch) => branch.id !== id);
    this.context = context;
    this.target = self.target;
    this.stubList = fellows.map((fellow) => new FellowStub(fellow, access));
    this.replica = new Replica({
      runId: topology.runId,
      id,
      incarnation: self.incarnation ?? 1,
      peers: turnsAfter(
        id,
        fellows.map((fellow) => fellow.id),
      ),
      fences: fellows.flatMap(fenceAt),
      witness: witnessOf(self, fellows),
      hasSharedLedgers: topology.ledgers !== undefined,
      balance: self.balance,
      updateMs: topology.deadlines.updateMs,
    });
    this.fellows = new Map(fellows.map(({ process, id }) => [process, id]));
    this.restored = new Promise((resolve) => (this.tellRestored = resolve));
    this.reception = new Reception(context);
    this.post = new Post(context, this.stubList, (input) => this.take(input));
  }

  /** The balance of this branch's replica. */
  get balance(): number {
    return this.replica.balance;
  }

  /** How many updates the replica has applied. */
  get version(): number {
    return this.replica.version;
  }

  /**
   * Connects to every fellow. For the first update of a branch that is most of the work, and the
   * customer would wait for it.
   */
  connect({ envelope }: Connect['request']): CallResult<Connect['response']> {
    const { process, topology } = this.context;
    const wrong = wrongRun({ process, runId: topology.runId }, 'Connect', envelope);
    if (wrong !== undefined) return { ok: false, failure: wrong };
    for (const stub of this.stubList) stub.connect();
    return { ok: true, response: {} };
  }

  /** A fellow was started anew elsewhere; its own call tells in what incarnation. */
  moved(address: BranchAddress): void {
    this.stubList.find(({ id }) => id === address.id)?.moved(address);
  }

  /**
   * Replays the ledger, or begins to ask the fellows for what was lost with it. Until then no
   * request is taken.
   * @returns why the ledger cannot be used, with file and line; undefined if all is well
   */
  recover(): string | undefined {
    const { topology, id } = this.context;
    const { incarnation } = this.replica.settings;
    const opened = Ledger.open(
      ledgerFile(topology, id, incarnation),
      (record) => this.replica.replay(record),
      topology.ledgers === undefined ? 'local' : 'shared',
    );
    if (!opened.ok) return opened.message;
    this.ledger = opened.ledger;
    this.story = new ReplicaStory(this.replica.settings, this.replica.book.pending);
    const isLost = incarnation > 1 && !this.replica.restored;
    const effects = this.replica.recovered(monotonicMs());
    const { version, balance } = this;
    if (!isLost) this.context.history?.write({ kind: 'replay', version, balance });
    this.carryOut(effects);
    return undefined;
  }

  /**
   * The one place through which every request passes, from customers and from fellow branches.
   * @param name the interface that was called
   * @param deadline when the caller stops waiting, in milliseconds since 1970, or Infinity
   */
  async msgDelivery<Name extends LetterName>(
    name: Name,
    message: BranchCalls[Name]['request'],
    deadline: number,
  ): Promise<CallResult<BranchCalls[Name]['response']>> {
    const { process, topology, history, watcher } = this.context;
    if (this.ledger === undefined)
      return refused('UNAVAILABLE', `${process} has not replayed its ledger yet`);
    const { fellows } = this;
    const opened = openLetter({ process, runId: topology.runId, fellows }, name, message);
    if (!opened.ok) return opened;
    const { call, delivered } = this.reception.receive(opened.letter);
    const until = monotonicMs() + (deadline - Date.now());
    const { request, signature } = opened.letter;
    this.take({ type: 'request', call, request, deadline: until, signature });
    const result = await delivered;
    watcher.answered();
    if (!result.ok) return refused(result.refusal.status, result.refusal.message);
    return { ok: true, response: writeAnswer(result.response, history?.clock ?? 0) };
  }

  private take(input: Input): void {
    this.carryOut(this.replica.handle(input, monotonicMs()));
  }

  /** In their order: what is recorded is durable, and told in the history, before anybody hears of it. */
  private carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) this.carryOutOne(effect);
    this.context.history?.flush();
    if (this.replica.restored) this.tellRestored();
  }

  private carryOutOne(effect: Effect): void {
    switch (effect.type) {
      case 'append':
        return this.append(effect.record);
      case 'reply':
        return this.reception.reply(effect.call, effect.response);
      case 'refuse':
        return this.reception.refuse(effect.call, effect.refusal);
      case 'send':
        return void this.post.send(effect);
      case 'consult':
        // What it says comes after everything that was to be done before.
        return queueMicrotask(() => this.consult(effect));
      case 'wake':
        return this.alarm.set(effect.at);
      case 'halt':
        return this.context.watcher.halted(effect.message);
    }
  }

  private consult({ branch, incarnation, tx }: Effect & { type: 'consult' }): void {
    const file = ledgerFile(this.context.topology, branch, incarnation);
    this.take({ type: 'consulted', tx, word: consultLedger(file, tx) });
  }

  private append(record: LedgerRecord): void {
    const { faults, history, watcher } = this.context;
    faults?.beforeAppend(record);
    history?.flush();
    this.ledger?.append(record);
    if (history) for (const told of this.story?.tell(record) ?? []) history.write(told);
    faults?.afterAppend(record);
    watcher.recorded(record);
  }
}

/** The next branch on another machine, so that not all have the same witness. */
function witnessOf(self: BranchAddress, fellows: readonly BranchAddress[]): number | undefined {
  const elsewhere = fellows.filter(({ node }) => node !== self.node).map(({ id }) => id);
  return elsewhere.find((id) => id > self.id) ?? elsewhere[0];
}

const fenceAt = ({ id: branch, incarnation = 1 }: BranchAddress): Fence[] =>
  incarnation === 1 ? [] : [{ branch, incarnation }];

const refused = (status: RefusalStatus, detail: string): CallResult<never> => ({
  ok: false,
  failure: { status, detail },
});
