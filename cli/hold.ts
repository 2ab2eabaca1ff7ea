import type { Stage } from '../supervisor/stage.ts';
import type { Voice } from './voice.ts';

/** Tells how to reach the branches of a run that is held. */
export function tellHowToReach({ plan, ground }: Stage, voice: Voice): void {
  voice.notice('the branches stay up until Ctrl-C; in another terminal:');
  voice.notice(`  ${ground.watchCommand}`);
  for (const branch of plan.branches.slice(0, shownBranches)) {
    voice.notice(`  ${branch.process}: ${ground.callCommand(branch)}`);
  }
  const more = plan.branches.length - shownBranches;
  if (more > 0) voice.notice(`  and ${more} more, in ${plan.folder}/run.json`);
}

const shownBranches = 5;
