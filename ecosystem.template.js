/**
 * How Tally launches a branch and a customer: the one place that says so. Edit it as you like; it is
 * read at the start of every run. `npm run sim -- inputs/example.json --dry-run` prints the result.
 *
 * The keys are those of a pm2 ecosystem file. Tally refuses a key that pm2 does not know, because pm2
 * would drop it without a word. What must stay: one app for each branch and each visit, with the name
 * that the plan gives it, in the namespace of the run, and with TALLY_RUN in its environment.
 */

/** A child that sees its supervisor gone ends with this code, and is not to be started again. */
const supervisorGone = 75;
/** A branch that cannot listen on its address ends with this code: trying again would not help. */
const addressUnusable = 76;
/** A branch whose ledger contradicts itself ends with this code: it needs a person. */
const ledgerUnusable = 77;

/**
 * @param {import('./supervisor/plan.ts').Plan} plan
 * @returns {{ apps: import('./supervisor/engine.ts').App[] }}
 */
export default function ecosystem(plan) {
  const common = {
    namespace: plan.runId,
    cwd: plan.cwd,
    // Node itself is the script: pm2's own wrapper around scripts costs every process 30 ms.
    interpreter: 'none',
    script: plan.node,
    exec_mode: 'fork',
    env: { TALLY_RUN: plan.runId },
    // Nothing of the caller's environment reaches a child: hostile or merely slow variables included.
    filter_env: [''],
    pmx: false,
    vizion: false,
    merge_logs: true,
    // SIGINT first, SIGKILL after this grace; looked at every 10 ms.
    kill_timeout: plan.killTimeoutMs,
    kill_retry_time: 10,
    // Our processes have no children, so pm2 need not look for them.
    treekill: false,
  };

  return {
    apps: [
      ...plan.branches.map((branch) => ({
        ...common,
        name: branch.app,
        args: [plan.programs.branch, plan.topologyFile, String(branch.id)],
        out_file: branch.standardOutput,
        error_file: branch.standardError,
        // A branch that dies comes back at once and replays its ledger. Tally itself ends the run
        // when a branch keeps dying before it serves.
        autorestart: true,
        restart_delay: 0,
        max_restarts: 1_000_000,
        stop_exit_codes: [supervisorGone, addressUnusable, ledgerUnusable],
      })),
      ...plan.visits.map((visit) => ({
        ...common,
        name: visit.app,
        args: [plan.programs.customer, plan.topologyFile, String(visit.entry)],
        out_file: visit.standardOutput,
        error_file: visit.standardError,
        // A customer runs once, when its turn has come.
        autorestart: false,
      })),
    ],
  };
}
