import type { Stage } from '../supervisor/stage.ts';
import type { Voice } from './voice.ts';

/** Tells how to reach the branches of a held run; resolves never, a signal ends it. */
export function holdOpen({ plan, tokenFile }: Stage, voice: Voice): Promise<void> {
  voice.notice('the branches stay up until Ctrl-C; in another terminal:');
  voice.notice('  npm run monit');
  const header = tokenFile === undefined ? '' : ` -H "authorization: Bearer $(cat ${tokenFile})"`;
  for (const { process, target } of plan.branches.slice(0, shownBranches)) {
    voice.notice(`  ${process}: grpcurl -plaintext${header} ${target} bank.Branch/Query`);
  }
  const more = plan.branches.length - shownBranches;
  if (more > 0) voice.notice(`  and ${more} more, in ${plan.folder}/run.json`);
  return new Promise(() => {});
}

const shownBranches = 5;
