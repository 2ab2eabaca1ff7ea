import { spawn } from 'node:child_process';
import { daemonIn } from '../supervisor/daemon.ts';
import { pm2Program } from '../supervisor/pm2.ts';
import { pm2Home } from '../supervisor/pm2-home.ts';
import type { ExitCode } from './exit-codes.ts';

/** `tally monit`: pm2's own view. Alone, `pm2 monit` would start a daemon that nobody ends. */
export async function monitCommand(): Promise<ExitCode> {
  if (daemonIn(pm2Home()) === undefined) {
    process.stdout.write('nothing runs under pm2; start a run in another terminal first\n');
    return 0;
  }
  const child = spawn(process.execPath, [pm2Program(), 'monit'], { stdio: 'inherit' });
  // Ctrl-C is for pm2's view, which ends by itself.
  process.on('SIGINT', () => {});
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return code === 0 || code === null ? 0 : 69;
}
