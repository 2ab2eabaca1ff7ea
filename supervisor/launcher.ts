import { limits } from '../bank/limits.ts';
import { AppLife } from './app-life.ts';
import type { AppNames } from './app-names.ts';
import type { App } from './engine.ts';
import { Gate } from './gate.ts';
import type { ClusterNode } from './node.ts';
import type { NodeFiles } from './node-files.ts';
import type { SlurmContext } from './slurm-context.ts';
import { logsOf, stepOf } from './slurm-app.ts';
import { Step, type StepEnd } from './step.ts';

/** Starts apps on the nodes of their places, some at a time, and knows their present lives. */
export class Launcher {
  private readonly context: SlurmContext;
  private readonly files: NodeFiles;
  private readonly names: AppNames;
  private readonly ended: (life: AppLife, end: StepEnd) => void;
  private readonly living = new Map<string, AppLife>();
  /** Starts that have not come to their end, by the name of the app. */
  private readonly underWay = new Map<string, Promise<void>>();
  /** How often each app was started, and where the last time. */
  private readonly starts = new Map<string, { readonly count: number; readonly node: string }>();
  private readonly gate = new Gate(limits.stepsAtOnce);
  private placesChanged: (() => void)[] = [];
  private isStopped = false;

  constructor(
    context: SlurmContext,
    files: NodeFiles,
    names: AppNames,
    ended: (life: AppLife, end: StepEnd) => void,
  ) {
    this.context = context;
    this.files = files;
    this.names = names;
    this.ended = ended;
  }

  get lives(): readonly AppLife[] {
    return [...this.living.values()];
  }

  lifeOf(name: string): AppLife | undefined {
    return this.living.get(name);
  }

  /** How often the app was started before its present life. */
  restartsOf(name: string): number {
    return (this.starts.get(name)?.count ?? 1) - 1;
  }

  /** Resolves when the app is online, or has ended before that; at once if it is there. */
  launch(app: App): Promise<void> {
    if (this.living.has(app.name)) return Promise.resolve();
    const underWay = this.underWay.get(app.name);
    if (underWay !== undefined) return underWay;
    const launched = this.gate
      .pass(() => this.launchSomewhere(app))
      .finally(() => this.underWay.delete(app.name));
    this.underWay.set(app.name, launched);
    return launched;
  }

  /** Branches have new places: what waited for one is started there. */
  placesHaveChanged(): void {
    const waiting = this.placesChanged;
    this.placesChanged = [];
    for (const goOn of waiting) goOn();
  }

  /** From now on nothing is started. */
  stop(): void {
    this.isStopped = true;
    this.placesHaveChanged();
  }

  bury(life: AppLife): void {
    if (this.living.get(life.app.name) === life) this.living.delete(life.app.name);
    life.close();
  }

  private async launchSomewhere(app: App): Promise<void> {
    while (!this.isStopped) {
      const node = this.nodeOf(app.name);
      if (node !== undefined && (await this.prepare(node, app))) return this.start(app, node);
      if (!this.isStopped) await new Promise<void>((resolve) => this.placesChanged.push(resolve));
    }
  }

  private async start(app: App, node: ClusterNode): Promise<void> {
    if (this.isStopped) return;
    const step = new Step(stepOf(app, this.context.jobId, node), logsOf(app));
    const life = new AppLife(app, this.names.processOf(app.name), node, step);
    this.living.set(app.name, life);
    void step.ended.then((end) => this.ended(life, end));
    await life.begun;
  }

  /** A branch has its place; a visit is where the branch of its customer is. */
  private nodeOf(name: string): ClusterNode | undefined {
    const id = this.names.branchOf(name) ?? this.names.visitOf(name)?.customer;
    const place = id === undefined ? undefined : this.context.placement.of(id);
    return this.context.cluster.nodes.find((node) => node.name === place?.node && node.isUp);
  }

  /** @returns false if the node is lost */
  private async prepare(node: ClusterNode, app: App): Promise<boolean> {
    const { name } = app;
    const { count = 0, node: before = node.name } = this.starts.get(name) ?? {};
    this.starts.set(name, { count: count + 1, node: node.name });
    if (before !== node.name) await this.files.writeLives(node, this.names.processOf(name), count);
    const visit = this.names.visitOf(name);
    if (visit !== undefined) await this.files.openVisit(node, visit);
    await this.files.openLogs(node, app);
    return node.flush();
  }
}
