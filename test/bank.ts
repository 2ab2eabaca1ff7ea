/** Branches and customers as plain processes, without supervisor or pm2: what they do by themselves. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import type { HistoryRecord } from '../bank/history.ts';
import type { EventResult, ResultLine } from '../bank/result.ts';
import type { Event } from '../bank/scenario.ts';
import { runFiles, type BranchAddress, type Topology } from '../bank/topology.ts';
import { exitCode } from '../process/exit.ts';
import { turnTopic } from '../process/turn.ts';
import { BranchStub, routeTo, type Access, type Route } from '../rpc/client.ts';
import { SupervisorStub } from '../rpc/supervise.ts';
import { freePorts } from '../process/ports.ts';
import { type BankSettings, makeTopology, runId } from './bank-topology.ts';
import { writeIdentity } from './identity.ts';
import { freshBuild } from './project.ts';
import type { Ended } from './started.ts';

export interface Started {
  readonly child: ChildProcess;
  /** What the process has sent to whoever started it, so far. */
  readonly messages: readonly unknown[];
  readonly ended: Promise<Ended>;
}

/** A child that dies by itself with another code is started again, as a supervisor does. */
const finalCodes: readonly (number | null)[] = [
  exitCode.supervisorGone,
  exitCode.addressUnusable,
  exitCode.ledgerUnusable,
];

export class Bank {
  topology: Topology;
  private readonly bundles: string;
  private readonly access: Access;
  private readonly started = new Set<Started>();
  private readonly branches = new Map<number, Started>();
  private readonly stubs: BranchStub[] = [];
  private isClosed = false;

  static async open(t: TestContext, settings: BankSettings = {}): Promise<Bank> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-'));
    const { branches = 3, token, machine } = settings;
    const isOnTcp = token !== undefined || machine !== undefined;
    const ports = isOnTcp ? await freePorts('127.0.0.1', branches) : [];
    const access = { token, identity: machine?.identity };
    const bank = new Bank(makeTopology(folder, settings, ports), await freshBuild(), access);
    t.after(() => bank.close());
    return bank;
  }

  private constructor(topology: Topology, bundles: string, access: Access) {
    this.topology = topology;
    this.bundles = bundles;
    this.access = access;
    fs.mkdirSync(this.path('visits'));
    fs.writeFileSync(this.path(runFiles.topology), JSON.stringify(topology));
    const { token, identity } = access;
    if (topology.tokenFile && token !== undefined) fs.writeFileSync(topology.tokenFile, token);
    if (topology.tls && identity) writeIdentity(topology.tls, identity);
  }

  exists(name: string): boolean {
    return fs.existsSync(this.path(name));
  }

  path(name: string): string {
    return path.join(this.topology.folder, name);
  }

  private get isOnLifeline(): boolean {
    return this.topology.turns === 'lifeline';
  }

  /** Starts every branch, and again whenever one dies; resolves when all serve. */
  async serve(): Promise<void> {
    const all = this.topology.branches.map(async ({ id }) => {
      void this.keepAlive(id);
      await this.serving(id);
    });
    await Promise.all(all);
  }

  async serving(id: number): Promise<void> {
    const failure = await this.asked(id, (branch) => branch.checkHealth(10_000));
    assert.equal(failure, undefined);
  }

  startBranch(id: number): Started {
    const started = this.start('branch.cjs', id);
    this.branches.set(id, started);
    return started;
  }

  /** Gives the branch another Unix socket for its next life. Processes that run are not told. */
  move(id: number): BranchAddress {
    return this.change(id, { target: `${this.target(id)}.moved` });
  }

  private change(id: number, what: Partial<BranchAddress>): BranchAddress {
    const address = this.address(id);
    const changed = { ...address, ...what };
    const branches = this.topology.branches.map((other) => (other === address ? changed : other));
    this.topology = { ...this.topology, branches };
    fs.writeFileSync(this.path(runFiles.topology), JSON.stringify(this.topology));
    return changed;
  }

  /**
   * The branch's ledger is lost with its machine, unless it is shared, and its next life begins without
   * it, elsewhere. The present one keeps the file that it has open, and may live on, knowing nothing.
   */
  lose(id: number): BranchAddress {
    const incarnation = (this.address(id).incarnation ?? 1) + 1;
    if (this.topology.ledgers === undefined) fs.rmSync(this.path(runFiles.ledger(id)));
    this.move(id);
    return this.change(id, { incarnation });
  }

  /** The branch's present life hears and says nothing any more, though its connections stay up. */
  pause(id: number): void {
    this.branches.get(id)?.child.kill('SIGSTOP');
  }

  /** SIGKILL to the branch's present life. */
  async kill(id: number): Promise<void> {
    const life = this.branches.get(id);
    assert.ok(life);
    life.child.kill('SIGKILL');
    await life.ended;
  }

  startVisit(entry: number, customer: number, events: readonly Event[]): Started {
    const order = { entry, customer, events };
    fs.writeFileSync(this.path(runFiles.visitOrder(entry)), JSON.stringify(order));
    return this.start('customer.cjs', entry);
  }

  /** A whole visit: the customer's exit code must be 0. */
  async visit(entry: number, customer: number, events: readonly Event[]): Promise<EventResult[]> {
    const { code, stderr } = await this.startVisit(entry, customer, events).ended;
    assert.equal(code, 0, stderr);
    return this.results(entry);
  }

  /** What a customer wrote; fails unless it said that this is all. */
  results(entry: number): EventResult[] {
    const lines = this.lines(runFiles.visitResult(entry)) as ResultLine[];
    const last = lines.pop();
    const results = lines.filter((line) => 'position' in line);
    assert.deepEqual(last, { complete: results.length });
    return results;
  }

  history(): HistoryRecord[] {
    return this.lines(runFiles.history) as HistoryRecord[];
  }

  /** Waits until some process has written such a record. */
  async until(isThere: (record: HistoryRecord) => boolean): Promise<void> {
    const records = (): HistoryRecord[] => this.wholeLines(runFiles.history) as HistoryRecord[];
    while (!this.exists(runFiles.history) || !records().some(isThere))
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** The faults that struck, in their order. */
  faults(): string[] {
    return this.history().flatMap((record) =>
      record.kind === 'fault' ? [`${record.fault} of ${record.subject}`] : [],
    );
  }

  ledger(id: number, incarnation = this.address(id).incarnation ?? 1): Record<string, unknown>[] {
    const isShared = this.topology.ledgers !== undefined;
    const file = isShared ? runFiles.ledgerOf(id, incarnation) : runFiles.ledger(id);
    return this.lines(file) as Record<string, unknown>[];
  }

  target(id: number): string {
    return this.address(id).target;
  }

  private address(id: number): BranchAddress {
    const address = this.topology.branches.find((branch) => branch.id === id);
    assert.ok(address);
    return address;
  }

  private route(id: number, access: Access): Route {
    return routeTo(this.address(id), access);
  }

  /** A client outside the run. */
  stub(id: number, access = this.access): BranchStub {
    const stub = new BranchStub(this.route(id, access));
    this.stubs.push(stub);
    return stub;
  }

  /** The final state, which must be the same at every branch. */
  async settled(): Promise<{ balance: number; version: number }> {
    const states = await Promise.all(
      this.topology.branches.map(({ id }) =>
        this.asked(id, (branch) => branch.settle(runId, 10_000)),
      ),
    );
    const [first] = states;
    assert.ok(first?.ok, JSON.stringify(first));
    for (const state of states) assert.deepEqual(state, first);
    return first.response;
  }

  private async asked<Answer>(
    id: number,
    ask: (branch: SupervisorStub) => Promise<Answer>,
  ): Promise<Answer> {
    const stub = new SupervisorStub(this.route(id, this.access));
    return ask(stub).finally(() => stub.close());
  }

  private lines(name: string): unknown[] {
    const text = fs.readFileSync(this.path(name), 'utf8');
    assert.ok(text === '' || text.endsWith('\n'), `${name} ends in a torn line`);
    return this.wholeLines(name);
  }

  /** While a process writes, its last line may be there in part. */
  private wholeLines(name: string): unknown[] {
    const lines = fs.readFileSync(this.path(name), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  private async keepAlive(id: number): Promise<void> {
    while (!this.isClosed) {
      const { code } = await this.startBranch(id).ended;
      if (finalCodes.includes(code)) return;
    }
  }

  private start(bundle: string, number: number): Started {
    const args = [path.join(this.bundles, bundle), this.path(runFiles.topology), `${number}`];
    const stdio = ['ignore', 'pipe', 'pipe', this.isOnLifeline ? 'ignore' : 'ipc'] as const;
    const child = spawn(process.execPath, args, { env: {}, stdio: [...stdio] });
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    // A customer that somebody can talk to waits until it is told that its turn has come.
    if (bundle === 'customer.cjs' && !this.isOnLifeline) child.send({ topic: turnTopic });
    const started: Started = { child, messages, ended: endOf(child) };
    this.started.add(started);
    void started.ended.then(() => this.started.delete(started));
    return started;
  }

  private async close(): Promise<void> {
    this.isClosed = true;
    for (const stub of this.stubs) stub.close();
    const open = [...this.started];
    for (const { child } of open) child.kill('SIGKILL');
    await Promise.all(open.map(({ ended }) => ended));
    fs.rmSync(this.topology.folder, { recursive: true, force: true });
  }
}

/** Its exit and everything that it wrote. Not `close`: that does not come after a disconnect. */
async function endOf(child: ChildProcess): Promise<Ended> {
  const exited = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const [exit, stdout, stderr] = await Promise.all([
    exited,
    textOf(child.stdout),
    textOf(child.stderr),
  ]);
  return { ...exit, stdout, stderr };
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? '' : text(stream);
}
