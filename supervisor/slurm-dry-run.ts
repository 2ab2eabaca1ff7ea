import type { App } from './engine.ts';
import { agentCommand } from './cluster.ts';
import type { Plan } from './plan.ts';
import { stepOf } from './slurm-app.ts';
import { allocationWords, broadcastWords, stepWords } from './slurm.ts';

/** What is not known before the run. */
const unknown = {
  job: 'JOB',
  pack: '/tmp/tally-RUN-XXXXXXXX.cjs',
  folder: '/tmp/tally-node-XXXXXX',
};

/** What is known of a job before there is one. */
interface SketchedJob {
  readonly jobId: string | undefined;
  readonly pack: string;
}

/** The commands that a run would give to Slurm, a line each, in their order. */
export function describeSteps(job: SketchedJob, plan: Plan, apps: readonly App[]): string {
  const jobId = job.jobId ?? unknown.job;
  const nodes = new Map([...plan.branches, ...plan.visits].map(({ app, node }) => [app, node]));
  const agents = [...new Set(nodes.values())].map((node = '') =>
    stepWords({
      jobId,
      node,
      name: `agent.${node}`,
      folder: '/tmp',
      environment: { TALLY_RUN: plan.runId },
      command: agentCommand(unknown.pack, plan.runId),
    }),
  );
  const steps = apps.map((app) =>
    stepWords(stepOf(app, jobId, { name: nodes.get(app.name) ?? '', folder: unknown.folder })),
  );
  const allocation = ['salloc', ...allocationWords(agents.length, ['tally', 'run', 'INPUT'])];
  return [
    ...(job.jobId === undefined ? [allocation] : []),
    ['sbcast', ...broadcastWords(jobId, job.pack, unknown.pack)],
    ...[...agents, ...steps].map((words) => ['srun', ...words]),
  ]
    .map((words) => words.map(quoted).join(' '))
    .join('\n');
}

/** As a shell takes it for one word. */
const quoted = (word: string): string =>
  /[^\w./:,=+-]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;
