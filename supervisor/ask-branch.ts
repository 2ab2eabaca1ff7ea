import { limits } from '../bank/limits.ts';
import type { CallFailure, CallResult } from '../rpc/status.ts';
import type { Settled, SupervisorStub } from '../rpc/supervise.ts';
import type { PlannedBranch } from './plan.ts';
import type { Run } from './run.ts';

/** What the supervisor asks of the branches, over one connection to each. */
export class BranchQuestions {
  private readonly run: Run;
  private readonly stubs = new Map<string, SupervisorStub>();
  private isClosed = false;

  constructor(run: Run) {
    this.run = run;
  }

  /** @returns undefined once the branch serves, else why it does not */
  async checkHealth(branch: PlannedBranch, withinMs: number): Promise<CallFailure | undefined> {
    return (await this.stub(branch)).checkHealth(withinMs);
  }

  /** A customer with updates comes to this branch soon. */
  async connectToFellows(branch: PlannedBranch): Promise<void> {
    const stub = await this.stub(branch);
    await stub.connectToFellows(this.run.plan.runId, limits.attemptMs);
  }

  /** Waits until every decision of the branch is acknowledged by its fellows. */
  async settle(branch: PlannedBranch, withinMs: number): Promise<CallResult<Settled>> {
    return (await this.stub(branch)).settle(this.run.plan.runId, withinMs);
  }

  /** Hangs up: calls that are under way fail as CANCELLED, and no other is made. */
  close(): void {
    this.isClosed = true;
    for (const stub of this.stubs.values()) stub.close();
  }

  private async stub(branch: PlannedBranch): Promise<SupervisorStub> {
    // gRPC takes 30 ms to load: that is done while branches come up, and not before they are started.
    const { SupervisorStub } = await import('../rpc/supervise.ts');
    // A branch that was started anew on another machine has another place.
    const route = this.run.ground.route(branch);
    const place = JSON.stringify([route.target, route.tls?.serverName]);
    const known = this.stubs.get(place);
    if (known !== undefined) return known;
    const fresh = new SupervisorStub(route);
    this.stubs.set(place, fresh);
    if (this.isClosed) fresh.close();
    return fresh;
  }
}
