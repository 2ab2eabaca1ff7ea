import fs from 'node:fs';

/** What the kernel knows of processes. */

/** Milliseconds of processor time that a process has used so far. */
export function processorMsOf(pid: number): number {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Its name may contain anything; behind the last bracket there are numbers, counted from 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[14 - 3]) + Number(fields[15 - 3])) * tickMs;
}

/** The kernel's unit of processor time, the same on every Linux of today. */
const tickMs = 10;

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
