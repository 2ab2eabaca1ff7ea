import { limits } from '../bank/limits.ts';
import type { App, Engine } from './engine.ts';
import type { PlannedVisit } from './plan.ts';
import type { Run } from './run.ts';

/**
 * Starts customers ahead of their turn, so that a turn is a message and not a process start. Only
 * our own program knows how to wait: a customer in another language is started at its turn.
 */
export class WaitingLine {
  private readonly run: Run;
  private readonly engine: Engine;
  private readonly apps: ReadonlyMap<string, App>;
  private readonly starts = new Map<string, Promise<unknown>>();
  /** How many visits, from the first, were started or passed over. */
  private reached = 0;

  constructor(run: Run, engine: Engine) {
    this.run = run;
    this.engine = engine;
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
    this.fill(visit.entry - 1);
    await this.starts.get(visit.app);
    if (!this.starts.has(visit.app)) this.recordStart(visit);
    return this.appOf(visit);
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
