import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Bench } from './figure.ts';
import { launch } from './launch.ts';

/** Starts a program with a clean environment, and whatever else it needs. */
export function start(
  command: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  const [program = '', ...parameters] = command;
  const env = { PATH: process.env['PATH'], ...environment };
  return launch(program, parameters, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Milliseconds from the start of a program to its end. It must succeed. */
export async function time(
  command: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  const began = performance.now();
  await success(start(command, environment), command);
  return performance.now() - began;
}

export function success(child: ChildProcess, command: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command.join(' ')} ended with ${code}`));
    });
  });
}

/** The command of a run, with everything that it writes in a folder of its own. */
export const tallyRun = ({ project }: Bench, input: string, folder: string): string[] => [
  process.execPath,
  path.join(project, 'tally.js'),
  'run',
  input,
  '--quiet',
  '-o',
  path.join(folder, 'output.json'),
  '--runs',
  path.join(folder, 'runs'),
];

/** pm2 keeps what it has in this folder, so runs of the bench meet nobody else's. */
export const pm2Home = (folder: string): NodeJS.ProcessEnv => ({ HOME: folder, PM2_HOME: folder });

/** `pm2 ping` starts a daemon, `pm2 kill` ends it. */
export const pm2 = ({ project }: Bench, verb: 'ping' | 'kill', home: string): Promise<number> =>
  time(
    [process.execPath, path.join(project, 'node_modules/pm2/bin/pm2'), verb, '--silent'],
    pm2Home(home),
  );

/** The command of the same run by plain spawn. */
export const bareRun = (
  { programs, folder }: Bench,
  input: string,
  { branch, customer }: { readonly branch: string; readonly customer: string },
): string[] => [
  process.execPath,
  path.join(programs, 'bare-run.js'),
  input,
  folder(),
  branch,
  customer,
];
