import type { Plan, PlannedVisit } from './plan.ts';

/** Which process an app of the engine is, and the other way round. */
export class AppNames {
  private readonly processes = new Map<string, string>();
  private readonly apps = new Map<string, string>();
  private readonly branches = new Map<string, number>();
  private readonly visits = new Map<string, PlannedVisit>();

  constructor({ branches, visits }: Plan) {
    for (const { app, process } of [...branches, ...visits]) {
      this.processes.set(app, process);
      this.apps.set(process, app);
    }
    for (const { app, id } of branches) this.branches.set(app, id);
    for (const visit of visits) this.visits.set(visit.app, visit);
  }

  processOf(app: string): string {
    return this.processes.get(app) ?? app;
  }

  appOf(process: string): string {
    return this.apps.get(process) ?? process;
  }

  branchOf(app: string): number | undefined {
    return this.branches.get(app);
  }

  visitOf(app: string): PlannedVisit | undefined {
    return this.visits.get(app);
  }
}
