import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ExitCode } from './exit-codes.ts';
import { findRun } from './find-run.ts';
import { shownPath } from './project.ts';
import { openTerminal } from './terminal.ts';

/** `tally open`: prints where the report is; where there is a desktop, shows it as well. */
export function openCommand({ run, runs }: { run: string; runs: string }): ExitCode {
  const { line, style } = openTerminal(process.stderr);
  const place = findRun(run, runs);
  if ('reason' in place) {
    line(`${style('red', 'error:')} ${place.message}`);
    return 66;
  }
  const report = path.join(place.folder, 'report.html');
  if (!fs.existsSync(report)) {
    line(
      `${style('red', 'error:')} the run in ${shownPath(place.folder)} has no report: it did not come to its end`,
    );
    return 66;
  }
  process.stdout.write(`${report}\n`);
  const program = viewer();
  if (program !== undefined) showIn(program, report);
  return 0;
}

function viewer(): string | undefined {
  if (!process.stdout.isTTY) return undefined;
  if (process.platform === 'darwin') return 'open';
  const hasDesktop = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return hasDesktop === undefined ? undefined : 'xdg-open';
}

function showIn(program: string, report: string): void {
  const child = spawn(program, [report], { detached: true, stdio: 'ignore' });
  // The path is printed already, so a desktop without a viewer is no trouble.
  child.on('error', () => {});
  child.unref();
}
