import { declareApps } from '../supervisor/ecosystem.ts';
import { isFailure } from '../supervisor/engine.ts';
import { sketchPlan, type StageOrder } from '../supervisor/stage.ts';
import { count } from './count.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { templateFile } from './project.ts';
import type { Voice } from './voice.ts';

/** Prints what a run would do: the plan for people, the ecosystem on standard output. */
export async function dryRun(order: StageOrder, voice: Voice): Promise<ExitCode> {
  const { platform } = order;
  const plan = await sketchPlan(order);
  if (isFailure(plan)) {
    voice.error(plan);
    return exitCodeOf[plan.reason];
  }
  const ecosystem = await declareApps(plan, templateFile, platform);
  if (isFailure(ecosystem)) {
    voice.error(ecosystem);
    return exitCodeOf[ecosystem.reason];
  }
  voice.notice(`run ${plan.runId} would leave everything in ${plan.folder}`);
  for (const { app, target, balance } of plan.branches) {
    voice.notice(`${app} serves at ${target} with a balance of ${balance}`);
  }
  for (const { app, customer, events } of plan.visits) {
    voice.notice(`${app} is customer ${customer} with ${count(events, 'event')}`);
  }
  voice.notice(`nothing was started; ${platform.name} would be given:`);
  const apps = [...ecosystem.branches, ...ecosystem.visits];
  process.stdout.write(`${platform.describe(plan, apps)}\n`);
  return 0;
}
