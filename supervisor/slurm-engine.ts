/** The engine for many machines: each app is a step of the Slurm job, on the node of its place. */
import { movedTopic } from '../process/told.ts';
import { turnTopic } from '../process/turn.ts';
import type { AppLife } from './app-life.ts';
import { AppNames } from './app-names.ts';
import type { App, Engine, EngineFailure, Exit } from './engine.ts';
import { fileTrouble } from './file-trouble.ts';
import { Launcher } from './launcher.ts';
import { Ledgers } from './ledgers.ts';
import type { ClusterNode } from './node.ts';
import { NodeFiles } from './node-files.ts';
import { moveBranches } from './relocation.ts';
import { restarts } from './slurm-app.ts';
import type { SlurmContext } from './slurm-context.ts';
import type { StepEnd } from './step.ts';
import { endLives } from './stop-lives.ts';

/** Gets every node ready for the processes of the run. */
export async function slurmEngine(context: SlurmContext): Promise<Engine | EngineFailure> {
  const engine = new SlurmEngine(context);
  return (await engine.furnish()) ?? engine;
}

type ExitWaiter = (exit: Exit | EngineFailure) => void;

/** As a child ends that sees its agent gone. */
const cutOffCode = 75;

class SlurmEngine implements Engine {
  private readonly context: SlurmContext;
  private readonly files: NodeFiles;
  private readonly ledgers: Ledgers;
  private readonly names: AppNames;
  private readonly launcher: Launcher;
  /** Branches that were started, to be started again wherever they are placed. */
  private readonly branches = new Map<string, App>();
  private readonly waiters = new Map<string, ExitWaiter>();
  /** One loss of a node is dealt with after the other. */
  private relocation: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(context: SlurmContext) {
    const { orders, placement, cluster } = context;
    this.context = context;
    this.files = new NodeFiles(orders, placement);
    this.ledgers = new Ledgers(cluster.nodes, placement, orders.topology.ledgers);
    this.names = new AppNames(orders.plan);
    this.launcher = new Launcher(
      context,
      this.files,
      this.names,
      (life, end) => void this.hearEnd(life, end),
    );
  }

  async furnish(): Promise<EngineFailure | undefined> {
    const { nodes } = this.context.cluster;
    for (const node of nodes) {
      node.listen({
        held: (process, pid) => this.hearHeld(node, process, pid),
        said: (process, message) => this.hearSaid(process, message),
        lines: (file, text) => this.take(file, text),
        failing: () => this.hearFailing(),
        lost: (why) => this.hearLost(node, why),
      });
    }
    const failure = await this.ledgers.open();
    if (failure !== undefined) return failure;
    await Promise.all(nodes.map((node) => this.files.furnish(node)));
    return undefined;
  }

  start = async (apps: readonly App[]): Promise<EngineFailure | undefined> => {
    for (const app of apps)
      if (this.names.branchOf(app.name) !== undefined) this.branches.set(app.name, app);
    await Promise.all(apps.map((app) => this.launcher.launch(app)));
    return undefined;
  };

  runToEnd = async (app: App): Promise<Exit | EngineFailure> => {
    const ended = new Promise<Exit | EngineFailure>((resolve) => {
      this.waiters.set(app.name, resolve);
    });
    await this.launcher.launch(app);
    const life = this.launcher.lifeOf(app.name);
    await life?.begun;
    // Who has ended meanwhile, or whose node is lost, does not hear it; that is told as its exit.
    void life?.node.send({
      type: 'tell',
      process: life.process,
      told: { topic: turnTopic },
    });
    return ended;
  };

  stop = async (name: string): Promise<EngineFailure | undefined> => {
    const life = this.launcher.lifeOf(name);
    return life === undefined ? undefined : endLives([life], this.context.hear);
  };

  stopAll = async (): Promise<EngineFailure | undefined> => {
    this.isStopping = true;
    this.launcher.stop();
    const { lives } = this.launcher;
    // Of a node that is being lost no more is to be learnt than that Slurm has ended the step.
    for (const life of lives.filter(({ node }) => !node.isUp))
      void life.step.ended.then(() => this.launcher.bury(life));
    const failure = await endLives(lives, this.context.hear);
    const kept = await this.ledgers.bringHome();
    if (kept !== undefined) this.context.hear({ type: 'notice', text: kept });
    return failure;
  };

  /** No declared fault can kill Slurm. */
  claim = async (): Promise<EngineFailure | undefined> => undefined;

  killAll = (): void => {
    for (const node of this.context.cluster.nodes) node.cut();
  };

  close = async (): Promise<EngineFailure | undefined> => {
    await this.context.cluster.close();
    return undefined;
  };

  private hearHeld(node: ClusterNode, process: string, pid: number): void {
    const name = this.names.appOf(process);
    const life = this.launcher.lifeOf(name);
    if (life === undefined || life.node !== node) return;
    life.online(pid);
    const restarts = this.launcher.restartsOf(name);
    this.context.hear({ type: 'online', name, pid, restarts, node: node.name });
  }

  private hearSaid(process: string, message: object): void {
    if (!isProgress(message)) return;
    const { done, total } = message.data;
    this.context.hear({ type: 'progress', name: this.names.appOf(process), done, total });
  }

  private take(file: string, text: string): void {
    try {
      this.files.take(file, text);
    } catch (error) {
      const failure = fileTrouble(error, `${this.context.orders.plan.folder}/${file}`);
      if (failure === undefined) throw error;
      this.ledgers.spoil(failure.message);
      this.context.hear({ type: 'lost', failure });
    }
  }

  /** An exit is told when everything that the process wrote is here. */
  private async hearEnd(life: AppLife, end: StepEnd): Promise<void> {
    if (end.nodeFailed) life.node.declareFailed();
    const isWhole = await life.node.flush();
    // Otherwise its node is lost, and that is told of all its processes at once.
    if (!isWhole) return;
    const { name } = life.app;
    const visit = this.names.visitOf(name);
    if (visit !== undefined) await this.files.closeVisit(life.node, visit);
    if (visit !== undefined && end.code === 0) await this.files.closeLogs(life.node, life.app);
    this.launcher.bury(life);
    const exit = { pid: life.pid ?? 0, code: end.code };
    this.context.hear({ type: 'exit', name, exit });
    if (this.waiters.has(name)) this.resolve(name, exit);
    else if (!this.isStopping && restarts(life.app, end.code)) await this.launcher.launch(life.app);
  }

  private resolve(name: string, exit: Exit | EngineFailure): void {
    this.waiters.get(name)?.(exit);
    this.waiters.delete(name);
  }

  /** A job that was cancelled loses all its nodes at once: nothing is to be waited for. */
  private hearFailing(): void {
    const { hear, cluster, jobId } = this.context;
    if (this.isStopping || cluster.nodes.some(({ isUp }) => isUp)) return;
    const reasons = [...new Set(cluster.nodes.map(({ why }) => why))].join('; ');
    const message = `every node of job ${jobId} is gone (${reasons}); was it cancelled, or its time over?`;
    hear({ type: 'lost', failure: { reason: 'engine-lost', message } });
  }

  private hearLost(node: ClusterNode, why: string): void {
    const { hear, placement } = this.context;
    const gone = this.launcher.lives.filter((life) => life.node === node);
    const branches = placement.on(node.name).map(({ process }) => process);
    if (!this.isStopping)
      hear({ type: 'notice', text: `${node.name} is lost, with ${branches.join(', ')}: ${why}` });
    for (const life of gone) {
      life.step.abandon();
      this.launcher.bury(life);
      hear({ type: 'cut-off', name: life.app.name, node: node.name });
    }
    if (!this.isStopping) this.relocation = this.relocation.then(() => this.relocate(node));
    for (const { app, pid = 0 } of gone) {
      const exit = { pid, code: cutOffCode };
      void this.relocation.then(() => this.resolve(app.name, exit));
    }
  }

  private async relocate(lost: ClusterNode): Promise<void> {
    const { hear, cluster, placement } = this.context;
    const moves = await moveBranches(lost.name, cluster.nodes, placement);
    if ('reason' in moves) return hear({ type: 'lost', failure: moves });
    const up = cluster.nodes.filter(({ isUp }) => isUp);
    await Promise.all(up.map((node) => this.files.writeTopology(node)));
    for (const branch of moves) {
      for (const node of up)
        void node.send({ type: 'tell', process: null, told: { topic: movedTopic, branch } });
      const { target, node = '', incarnation = 1 } = branch;
      const name = this.names.appOf(branch.process);
      hear({ type: 'moved', name, target, node, incarnation });
    }
    this.launcher.placesHaveChanged();
    for (const { process } of moves) {
      const app = this.branches.get(this.names.appOf(process));
      if (app !== undefined) void this.launcher.launch(app);
    }
  }
}

interface Progress {
  readonly type: 'tally:progress';
  readonly data: { readonly done: number; readonly total: number };
}

const isProgress = (message: object): message is Progress =>
  'type' in message && message.type === 'tally:progress';
