import { limits } from '../bank/limits.ts';
import type { BranchQuestions } from './ask-branch.ts';
import type { PlannedBranch } from './plan.ts';
import type { Run } from './run.ts';

/** The state of a branch with nothing of its own under way. */
interface Settled {
  readonly branch: PlannedBranch;
  readonly version: number;
  readonly balance: number;
}

type Unsettled = { readonly branch: PlannedBranch; readonly why: string };

/** Asks every branch to finish what is under way, and holds their states against each other. */
export async function settleBranches(run: Run, questions: BranchQuestions): Promise<void> {
  const { causes, ground, history, observer } = run;
  observer.phase('settling the branches');
  const answers = await causes.orHalt(askUntilEqual(run, questions));
  if (answers === undefined) return;
  for (const { branch, why } of answers.filter(isUnsettled)) {
    const message = `${branch.process} (${ground.whereIs(branch)}) did not tell its final state: ${why}`;
    causes.note({ reason: 'not-settled', message });
  }
  const settled = answers.filter(isSettled);
  for (const { branch, version, balance } of settled) {
    history.write({ kind: 'settled', subject: branch.process, version, balance });
  }
  const difference = findDifference(settled);
  if (difference === undefined) return;
  const message = `${difference}; the ledgers are in ${run.plan.folder}/ledgers`;
  causes.note({ reason: 'replicas-differ', message });
}

/**
 * A branch that answers first may hear later of an update that another had under way, for a
 * customer who was killed. Once all have answered nothing is under way, so a second round is exact.
 */
async function askUntilEqual(
  run: Run,
  questions: BranchQuestions,
): Promise<(Settled | Unsettled)[]> {
  const first = await askAll(run, questions);
  const differ = first.every(isSettled) && findDifference(first) !== undefined;
  return differ ? askAll(run, questions) : first;
}

const askAll = ({ plan }: Run, questions: BranchQuestions): Promise<(Settled | Unsettled)[]> =>
  Promise.all(plan.branches.map((branch) => ask(questions, branch)));

/** A branch that dies while it is asked is started again, and asked again. */
async function ask(
  questions: BranchQuestions,
  branch: PlannedBranch,
): Promise<Settled | Unsettled> {
  const until = performance.now() + limits.settleMs;
  for (;;) {
    const left = until - performance.now();
    const answer = await questions.settle(branch, left);
    if (answer.ok) return { branch, ...answer.response };
    const { status, detail } = answer.failure;
    const isOver = performance.now() + limits.retryLongestMs > until;
    if (status !== 'UNAVAILABLE' || isOver) return { branch, why: `${status}, ${detail}` };
    await new Promise((resolve) => setTimeout(resolve, limits.retryFirstMs));
  }
}

const isUnsettled = (answer: Settled | Unsettled): answer is Unsettled => 'why' in answer;
const isSettled = (answer: Settled | Unsettled): answer is Settled => !('why' in answer);

function findDifference([first, ...rest]: readonly Settled[]): string | undefined {
  const other = rest.find(
    ({ version, balance }) => version !== first?.version || balance !== first.balance,
  );
  if (first === undefined || other === undefined) return undefined;
  return `${first.branch.process} ended with balance ${first.balance} after ${first.version} updates, ${other.branch.process} with ${other.balance} after ${other.version}`;
}
