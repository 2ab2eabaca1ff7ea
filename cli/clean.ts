import path from 'node:path';
import { cleanDeadRuns } from '../supervisor/clean.ts';
import { count } from './count.ts';
import type { ExitCode } from './exit-codes.ts';
import { buildFolder } from './project.ts';

/** `tally clean`: ends what dead runs left, and says what that was. */
export async function cleanCommand(): Promise<ExitCode> {
  const cleaned = await cleanDeadRuns(path.join(buildFolder, 'guard.js'));
  for (const { runId, processes } of cleaned) {
    process.stdout.write(
      `${runId}: ended ${count(processes, 'process', 'processes')}, removed its sockets\n`,
    );
  }
  if (cleaned.length === 0) process.stdout.write('nothing was left behind\n');
  return 0;
}
