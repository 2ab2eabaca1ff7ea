/**
 * The guard: a detached process that outlives its supervisor. The pipe to it closes when the
 * supervisor dies, however it dies; unless it was told "done" before, it then ends what the run
 * left behind. Started as `node guard.js RUN_ID SOCKET_FOLDER`.
 */
import { endRun } from './remains.ts';

const [runId = '', socketFolder = ''] = process.argv.slice(2);
let told = '';

// The terminal's Ctrl-C is for the supervisor, which then tells the guard.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  told += text;
});
process.stdin.on('close', () => {
  if (told.startsWith('done')) process.exit(0);
  void endRun({ runId, home: process.env['PM2_HOME'], socketFolder }).finally(() =>
    process.exit(0),
  );
});
