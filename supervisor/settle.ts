import { limits } from '../bank/limits.ts';
import { settle } from '../rpc/supervise.ts';
import type { PlannedBranch } from './plan.ts';
import type { Run } from './run.ts';

/** Asks every branch to finish what is under way, and holds their states against each other. */
export async function settleBranches(run: Run): Promise<void> {
  const { plan, causes, history, observer } = run;
  observer.phase('settling the branches');
  const states = await causes.orHalt(Promise.all(plan.branches.map((branch) => ask(run, branch))));
  if (states === undefined) return;
  for (const { branch, version, balance } of states.flatMap((state) => state ?? [])) {
    history.write({ kind: 'settled', subject: branch.process, version, balance });
  }
  const [first, ...rest] = states.flatMap((state) => state ?? []);
  const other = rest.find(
    ({ version, balance }) => version !== first?.version || balance !== first.balance,
  );
  if (first === undefined || other === undefined) return;
  causes.note({
    reason: 'replicas-differ',
    message: `${first.branch.process} ended with balance ${first.balance} after ${first.version} updates, ${other.branch.process} with ${other.balance} after ${other.version}; the ledgers are in ${plan.folder}/ledgers`,
  });
}

interface Settled {
  readonly branch: PlannedBranch;
  readonly version: number;
  readonly balance: number;
}

async function ask(run: Run, branch: PlannedBranch): Promise<Settled | undefined> {
  const { causes, plan, token } = run;
  const answer = await settle({ target: branch.target, token }, plan.runId, limits.settleMs);
  if (answer.ok) return { branch, ...answer.response };
  causes.note({
    reason: 'not-settled',
    message: `${branch.process} (${branch.target}) did not tell its final state: ${answer.failure.status}, ${answer.failure.detail}`,
  });
  return undefined;
}
