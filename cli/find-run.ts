import fs from 'node:fs';
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';
import { listRuns } from '../supervisor/run-folder.ts';
import { shownPath, userPath } from './project.ts';

export interface RunPlace {
  readonly folder: string;
  readonly history: string;
}

export interface NoRun {
  readonly reason: 'no-run';
  readonly message: string;
}

/** `name` is a run's folder, its id or the end of it, a history file, or "latest". */
export function findRun(name: string, runs: string): RunPlace | NoRun {
  const folder = userPath(runs);
  const ids = listRuns(folder).filter((id) => name !== '' && id.endsWith(name));
  const inRuns = [name, ...(ids.length === 1 ? ids : [])].map((id) => path.join(folder, id));
  for (const candidate of [userPath(name), ...inRuns]) {
    const stat = fs.statSync(candidate, { throwIfNoEntry: false });
    if (stat?.isFile() === true) return { folder: path.dirname(candidate), history: candidate };
    const history = path.join(candidate, runFiles.history);
    if (stat?.isDirectory() === true && fs.existsSync(history)) return resolved(candidate);
  }
  return {
    reason: 'no-run',
    message: `there is no recorded run "${name}", neither here nor in ${shownPath(userPath(runs))}; "tally runs" lists them`,
  };
}

/** By its own name: "latest" may point to another run in a moment. */
function resolved(candidate: string): RunPlace {
  const folder = fs.realpathSync(candidate);
  return { folder, history: path.join(folder, runFiles.history) };
}
