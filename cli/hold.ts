import type { Stage } from '../supervisor/stage.ts';
import type { Voice } from './voice.ts';

/** Tells how to reach the branches of a run that is held. */
export function tellHowToReach({ plan, tokenFile }: Stage, voice: Voice): void {
  voice.notice('the branches stay up until Ctrl-C; in another terminal:');
  voice.notice('  npm run monit');
  const header = tokenFile === undefined ? '' : ` -H "authorization: Bearer $(cat ${tokenFile})"`;
  for (const { process, target } of plan.branches.slice(0, shownBranches)) {
    voice.notice(`  ${process}: grpcurl -plaintext${header} ${target} bank.Branch/Query`);
  }
  const more = plan.branches.length - shownBranches;
  if (more > 0) voice.notice(`  and ${more} more, in ${plan.folder}/run.json`);
}

const shownBranches = 5;
