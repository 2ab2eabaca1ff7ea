import fs from 'node:fs';

/** Proportional set size of a process in megabytes: what is shared is divided among those who share it. */
export function memoryOf(pid: number): number {
  const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const [, kilobytes] = /^Pss: +(\d+) kB$/m.exec(text) ?? [];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no Pss`);
  return Number(kilobytes) / 1_024;
}

/** The processes whose command line names this folder; the command itself is not among them. */
export function processesOf(folder: string, program: string): number[] {
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      const command = commandOf(pid);
      return command.includes(folder) && command.includes(program);
    });
}

function commandOf(pid: number): string {
  if (!Number.isInteger(pid)) return '';
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
