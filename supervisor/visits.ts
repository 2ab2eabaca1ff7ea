/** Runs the customers one by one: each has its turn when the one before it has ended. */
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import { runFiles } from '../bank/topology.ts';
import type { Causes } from './cause.ts';
import { type App, type Engine, type Exit, isFailure } from './engine.ts';
import type { Plan, PlannedVisit } from './plan.ts';
import type { Observer } from './run.ts';
import { isVisitComplete } from './visit-result.ts';
import { lastWords } from './tail.ts';
import type { WaitingLine } from './waiting-line.ts';

/** What the visits need to know of the run around them. */
export interface VisitContext {
  readonly engine: Engine;
  readonly plan: Plan;
  readonly causes: Causes;
  readonly observer: Observer;
  readonly line: WaitingLine;
}

export async function runVisits(context: VisitContext, stall: StallWatch): Promise<void> {
  const { plan, causes, observer, line } = context;
  for (const visit of plan.visits) {
    if (causes.isHalted) return;
    const app = await causes.orHalt(line.next(visit));
    if (app === undefined) return;
    observer.turn(visit.entry);
    await runVisit(context, visit, app, stall);
  }
}

/** Until its result is complete: a customer that dies is started again and resumes. */
async function runVisit(
  context: VisitContext,
  visit: PlannedVisit,
  app: App,
  stall: StallWatch,
): Promise<void> {
  let last: Exit | undefined;
  for (let life = 0; life <= limits.visitRestarts; life += 1) {
    stall.watch(() => void endHung(context, visit, stall.patienceMs));
    const exit = await context.causes.orHalt(context.engine.runToEnd(app));
    stall.rest();
    if (exit === undefined) return;
    if (isFailure(exit)) return context.causes.stop(exit);
    if (isComplete(context.plan, visit)) return;
    last = exit;
  }
  context.causes.note(died(visit, last));
}

/** A customer that hangs is ended; its next life resumes. */
async function endHung(
  { engine, causes, observer }: VisitContext,
  visit: PlannedVisit,
  patienceMs: number,
): Promise<void> {
  observer.notice(
    `${visit.process} (customer ${visit.customer}) hangs: no answer and no end for ${patienceMs} ms; it is ended and started again`,
  );
  const failure = await engine.stop(visit.app);
  if (failure !== undefined) causes.stop(failure);
}

function isComplete(plan: Plan, visit: PlannedVisit): boolean {
  const file = path.join(plan.folder, runFiles.visitResult(visit.entry));
  return isVisitComplete(file);
}

function died(
  visit: PlannedVisit,
  exit: Exit | undefined,
): { reason: 'visit-died'; message: string } {
  const lives = limits.visitRestarts + 1;
  return {
    reason: 'visit-died',
    message: `${visit.process} (customer ${visit.customer}) was started ${lives} times and never finished, last exit code ${exit?.code ?? 'unknown'}; its open events are unknown${lastWords(visit.standardError)}`,
  };
}

/**
 * Ends a customer that shows no progress for longer than its slowest event can take, such as one
 * that was stopped by a signal. It then counts as dead and is started again.
 */
export class StallWatch {
  readonly patienceMs: number;
  private timer: NodeJS.Timeout | undefined;
  private end: (() => void) | undefined;

  /** @param slowestEventMs how long an event may take, with the pause before it */
  constructor(slowestEventMs: number) {
    this.patienceMs = slowestEventMs + limits.customerGraceMs;
  }

  watch(end: () => void): void {
    this.end = end;
    this.progress();
  }

  progress(): void {
    clearTimeout(this.timer);
    const { end } = this;
    if (end !== undefined) this.timer = setTimeout(end, this.patienceMs);
  }

  rest(): void {
    clearTimeout(this.timer);
    this.end = undefined;
  }
}
