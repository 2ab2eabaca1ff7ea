/** What the Slurm engine honours of an app, in the words of `ecosystem.template.js`. */
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';
import type { App } from './engine.ts';
import type { ClusterNode } from './node.ts';
import type { StepOrder } from './slurm.ts';
import type { StepLogs } from './step.ts';

/** The rest are pm2's own ways to start and stop, which have no meaning here. */
const ignored = [
  'namespace',
  'interpreter',
  'exec_mode',
  'filter_env',
  'pmx',
  'vizion',
  'merge_logs',
  'kill_retry_time',
  'treekill',
  'restart_delay',
  'max_restarts',
];

const honoured = [
  'name',
  'cwd',
  'script',
  'args',
  'env',
  'out_file',
  'error_file',
  'kill_timeout',
  'autorestart',
  'stop_exit_codes',
];

export const slurmAppKeys: ReadonlySet<string> = new Set([...honoured, ...ignored]);

/** The step that an app is; paths that are relative are so to the node's private folder. */
export const stepOf = (
  app: App,
  jobId: string,
  node: Pick<ClusterNode, 'name' | 'folder'>,
): StepOrder => ({
  jobId,
  node: node.name,
  name: app.name,
  folder: path.posix.resolve(node.folder, text(app, 'cwd') ?? '.'),
  environment: environmentOf(app),
  command: [
    ...printInto(node.folder, app),
    text(app, 'script') ?? process.execPath,
    ...listOf(app, 'args').map(String),
  ],
});

/**
 * What an app prints tells of the account, and whoever listens on the network reads what srun
 * carries. So it goes into files of the node, which its agent delivers like all that is written.
 */
const printInto = (folder: string, app: App): readonly string[] => [
  '/bin/sh',
  '-c',
  'exec >>"$0" 2>>"$1"; shift; exec "$@"',
  ...printedBy(app).map(({ file }) => path.posix.join(folder, file)),
];

/** A file on the node, and where its lines go here. */
export interface Printed {
  readonly file: string;
  readonly log: string;
}

export const printedBy = (app: App): readonly [Printed, Printed] => [
  { file: runFiles.standardOutput(app.name), log: text(app, 'out_file') ?? '/dev/null' },
  { file: runFiles.standardError(app.name), log: text(app, 'error_file') ?? '/dev/null' },
];

/** Of the step itself: what srun has to say of it. */
export const logsOf = (app: App): StepLogs => ({
  standardOutput: '/dev/null',
  standardError: text(app, 'error_file') ?? '/dev/null',
});

/** Whether an app that ended with this code is to be started again. */
export const restarts = (app: App, code: number): boolean =>
  app['autorestart'] !== false && !listOf(app, 'stop_exit_codes').includes(code);

/** The grace between the request to stop and SIGKILL. */
export function graceMs(app: App, otherwiseMs: number): number {
  const given = app['kill_timeout'];
  return typeof given === 'number' ? given : otherwiseMs;
}

function environmentOf(app: App): Record<string, string> {
  const given = Object.entries((app['env'] ?? {}) as Record<string, unknown>);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

const text = (app: App, key: string): string | undefined => {
  const value = app[key];
  return typeof value === 'string' ? value : undefined;
};

const listOf = (app: App, key: string): readonly unknown[] => {
  const value = app[key];
  return Array.isArray(value) ? value : [];
};
