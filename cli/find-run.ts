import fs from 'node:fs';
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';
import { shownPath, userPath } from './project.ts';

export interface RunPlace {
  readonly folder: string;
  readonly history: string;
}

export interface NoRun {
  readonly reason: 'no-run';
  readonly message: string;
}

/** `name` is a run's folder or id, a history file, or "latest". */
export function findRun(name: string, runs: string): RunPlace | NoRun {
  for (const candidate of [userPath(name), path.join(userPath(runs), name)]) {
    const stat = fs.statSync(candidate, { throwIfNoEntry: false });
    if (stat?.isFile() === true) return { folder: path.dirname(candidate), history: candidate };
    const history = path.join(candidate, runFiles.history);
    if (stat?.isDirectory() === true && fs.existsSync(history))
      return { folder: candidate, history };
  }
  return {
    reason: 'no-run',
    message: `there is no recorded run "${name}", neither here nor in ${shownPath(userPath(runs))}; "tally runs" lists them`,
  };
}
