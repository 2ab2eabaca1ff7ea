import { limits } from '../bank/limits.ts';
import type { BranchQuestions } from './ask-branch.ts';
import type { App, Engine } from './engine.ts';
import type { PlannedVisit } from './plan.ts';
import type { Run } from './run.ts';
import type { RunHistory } from './run-history.ts';

/** What the line needs of a run. */
type LineRun = Pick<Run, 'plan' | 'ecosystem'> & { readonly history: Pick<RunHistory, 'write'> };

/**
 * Gets ready what a turn needs. Customers are started ahead, so that a turn is a message and not a
 * process start; only our own program knows how to wait: a customer in another language is started
 * at its turn. A branch that is about to be updated connects to its fellows ahead.
 */
export class WaitingLine {
  private readonly run: LineRun;
  private readonly engine: Pick<Engine, 'start'>;
  private readonly questions: Pick<BranchQuestions, 'connectToFellows'>;
  private readonly apps: ReadonlyMap<string, App>;
  private readonly starts = new Map<string, Promise<unknown>>();
  /** How many visits, from the first, were started or passed over. */
  private reached = 0;
  /** Branches that were told to connect, by id. */
  private readonly connected = new Set<number>();

  constructor(
    run: LineRun,
    engine: Pick<Engine, 'start'>,
    questions: Pick<BranchQuestions, 'connectToFellows'>,
  ) {
    this.run = run;
    this.engine = engine;
    this.questions = questions;
    this.apps = new Map(run.ecosystem.visits.map((app) => [app.name, app]));
  }

  /** Starts customers, some at a time, until enough of them wait at and behind this position. */
  fill(position: number): void {
    const { visits } = this.run.plan;
    const wanted = Math.min(position + limits.visitsAhead, visits.length);
    if (wanted - this.reached < limits.visitsAtOnce && wanted < visits.length) return;
    const next = visits.slice(this.reached, wanted).filter((visit) => this.waits(visit));
    this.reached = Math.max(this.reached, wanted);
    if (next.length > 0) this.start(next);
  }

  /** The app of the visit whose turn it is, once a start that is under way has come to its end. */
  async next(visit: PlannedVisit): Promise<App> {
    const position = visit.entry - 1;
    this.fill(position);
    this.connectBranches(position);
    await this.starts.get(visit.app);
    if (!this.starts.has(visit.app)) this.recordStart(visit);
    return this.appOf(visit);
  }

  private connectBranches(position: number): void {
    const { branches, visits } = this.run.plan;
    for (const { customer, hasUpdates } of visits.slice(
      position,
      position + limits.branchesAhead,
    )) {
      if (!hasUpdates || this.connected.has(customer)) continue;
      this.connected.add(customer);
      const branch = branches.find(({ id }) => id === customer);
      // One that does not hear it connects when it propagates.
      if (branch !== undefined) void this.questions.connectToFellows(branch);
    }
  }

  private start(visits: readonly PlannedVisit[]): void {
    for (const visit of visits) this.recordStart(visit);
    // What could not be started is started again at its turn, and a failure is told then.
    const start = this.engine.start(visits.map((visit) => this.appOf(visit)));
    for (const { app } of visits) this.starts.set(app, start);
  }

  private recordStart({ process }: PlannedVisit): void {
    this.run.history.write({ kind: 'start', subject: process });
  }

  private waits(visit: PlannedVisit): boolean {
    const { args } = this.appOf(visit);
    return Array.isArray(args) && args.includes(this.run.plan.programs.customer);
  }

  private appOf({ app, process }: PlannedVisit): App {
    const declared = this.apps.get(app);
    if (declared === undefined) throw new Error(`no app for ${process}`);
    return declared;
  }
}
