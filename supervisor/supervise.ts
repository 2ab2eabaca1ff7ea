/** Brings a plan to life and to its end: branches, readiness, customers one by one, stop. */
import { limits } from '../bank/limits.ts';
import { boundHeap } from '../process/heap.ts';
import { BranchQuestions } from './ask-branch.ts';
import { BranchWatch } from './branch-watch.ts';
import { type Engine, isFailure, type LifeEvent } from './engine.ts';
import { Gate } from './gate.ts';
import type { PlannedBranch } from './plan.ts';
import type { Run } from './run.ts';
import { settleBranches } from './settle.ts';
import { runVisits, StallWatch } from './visits.ts';
import { WaitingLine } from './waiting-line.ts';

/** Always ends every process that it started; what went wrong is in `run.causes`. */
export async function supervise(run: Run): Promise<void> {
  const { causes, ground, observer } = run;
  const questions = new BranchQuestions(run);
  const listener = new RunListener(run, questions);
  observer.phase(`connecting to ${run.platform}`);
  const opened = await ground.openEngine(run, listener.hear, causes.halt);
  if (isFailure(opened)) causes.stop(opened);
  if (opened === undefined || isFailure(opened)) return;
  causes.kill = opened.killAll;
  boundHeap();
  try {
    const refused = run.killsEngine ? await opened.claim() : undefined;
    if (refused !== undefined) causes.stop(refused);
    const line = new WaitingLine(run, opened, questions);
    if (!causes.isHalted) await startBranches(run, opened);
    // Customers are started while the branches come up; they act when their turn comes.
    if (!causes.isHalted) line.fill(0);
    if (!causes.isHalted) await branchesServe(run, listener);
    if (!causes.isHalted) await visitAll(run, opened, line, listener.stall);
    if (!causes.isHalted) await hold(run);
    if (!causes.isHalted) await settleBranches(run, questions);
  } finally {
    questions.close();
    await stopAll(run, opened, listener);
  }
}

async function startBranches(run: Run, engine: Engine): Promise<void> {
  const { ecosystem, causes, observer, plan, history } = run;
  observer.phase('starting the branches');
  for (const { process } of plan.branches) history.write({ kind: 'start', subject: process });
  const failure = await causes.orHalt(engine.start(ecosystem.branches));
  if (failure !== undefined) causes.stop(failure);
}

async function branchesServe({ causes, observer }: Run, listener: RunListener): Promise<void> {
  observer.phase('waiting until every branch serves');
  await listener.branches.allServing();
  if (!causes.isHalted) observer.serving(listener.branches.pids);
}

async function visitAll(
  run: Run,
  engine: Engine,
  line: WaitingLine,
  stall: StallWatch,
): Promise<void> {
  const { plan, causes, observer } = run;
  observer.phase('running the customers');
  await runVisits({ engine, plan, causes, observer, line }, stall);
}

async function hold({ held, causes, observer }: Run): Promise<void> {
  if (held === undefined) return;
  observer.phase('holding');
  held();
  await causes.hold();
}

async function stopAll(run: Run, engine: Engine, listener: RunListener): Promise<void> {
  const { plan, causes, observer, history } = run;
  observer.phase('stopping');
  listener.isStopping = true;
  for (const { process } of plan.branches) history.write({ kind: 'stop', subject: process });
  for (const failure of [await engine.stopAll(), await engine.close()]) {
    if (failure !== undefined) causes.note(failure);
  }
}

/** Hears what happens to the run's processes: writes it down, and tells who waits for it. */
class RunListener {
  readonly branches: BranchWatch;
  readonly stall: StallWatch;
  isStopping = false;
  private readonly run: Run;
  private readonly names: ReadonlyMap<string, string>;

  constructor(run: Run, questions: BranchQuestions) {
    this.run = run;
    const { plan, causes, history } = run;
    this.stall = new StallWatch(plan.deadlines.customerCallMs + run.paceMs);
    const gate = new Gate(limits.probesAtOnce);
    this.branches = new BranchWatch(plan.branches, {
      causes,
      probe: (branch, withinMs) => gate.pass(() => questions.checkHealth(branch, withinMs)),
      whereIs: run.ground.whereIs,
      onServing: ({ process }: PlannedBranch) => {
        history.write({ kind: 'ready', subject: process });
        this.tellAbsent();
      },
    });
    this.names = new Map(
      [...plan.branches, ...plan.visits].map(({ app, process }) => [app, process]),
    );
  }

  readonly hear = (event: LifeEvent): void => {
    if (event.type === 'notice') this.run.observer.notice(event.text);
    else if (event.type === 'lost') this.run.causes.stop(event.failure);
    else if (event.type === 'progress') this.hearProgress(event);
    else if (event.type === 'online') this.hearOnline(event);
    else if (event.type === 'exit') this.hearExit(event);
    else if (event.type === 'cut-off') this.hearCutOff(event);
    else this.hearMoved(event);
  };

  private hearProgress({ done, total }: LifeEvent & { type: 'progress' }): void {
    this.stall.progress();
    this.run.observer.progress(done, total);
  }

  private hearOnline({ name, pid, restarts, node }: LifeEvent & { type: 'online' }): void {
    const subject = this.names.get(name) ?? name;
    const where = node === undefined ? {} : { node };
    this.run.history.write({ kind: 'online', subject, pid, ...where });
    if (restarts > 0) this.run.history.write({ kind: 'restart', subject, restarts });
    if (this.isStopping) return;
    if (restarts > 0) this.run.observer.notice(`${subject} was started again (${restarts})`);
    void this.branches.online(name, pid);
  }

  private hearExit({ name, exit }: LifeEvent & { type: 'exit' }): void {
    const subject = this.names.get(name) ?? name;
    this.run.history.write({ kind: 'exit', subject, pid: exit.pid, code: exit.code });
    if (this.isStopping) return;
    if (this.branches.owns(name)) this.run.observer.notice(`${subject} died`);
    this.branches.exited(name, exit);
    this.tellAbsent();
  }

  private hearCutOff({ name, node }: LifeEvent & { type: 'cut-off' }): void {
    const subject = this.names.get(name) ?? name;
    this.run.history.write({ kind: 'lost', subject, node });
    this.branches.lost(name);
    this.tellAbsent();
  }

  private hearMoved(event: LifeEvent & { type: 'moved' }): void {
    const { name, node } = event;
    const subject = this.names.get(name) ?? name;
    this.run.history.write({ kind: 'start', subject });
    this.run.observer.moved(event);
    this.run.observer.notice(`${subject} is started on ${node}`);
  }

  private tellAbsent(): void {
    this.run.observer.absent(this.branches.absent);
  }
}
