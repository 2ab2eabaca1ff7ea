import fs from 'node:fs';

/**
 * Which process is meant, for good: a process id alone is given to another process after a while,
 * so the time at which the process started goes with it.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since the machine started; 0 where the system does not tell. */
  readonly startTime: number;
}

interface ProcessStatus {
  readonly state: string;
  readonly startTime: number;
}

/** The identity of a running process, or undefined if there is none with this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  // To the system 0 means the whole group of whoever asks.
  if (pid <= 0) return undefined;
  if (process.platform !== 'linux') return answers(pid) ? { pid, startTime: 0 } : undefined;
  const status = readStatus(pid);
  if (status === undefined || isZombie(status)) return undefined;
  return { pid, startTime: status.startTime };
}

/** Alive means running and not a zombie: a zombie still answers signal 0. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== undefined && now.startTime === identity.startTime;
}

/** Sends a signal if the process is still the one that is meant. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch {
    // It ended between the look and the signal, which is what the signal was for.
  }
}

/** Waits until none of the processes lives; answers those that still do after `withinMs`. */
export async function awaitEnd(
  identities: readonly ProcessIdentity[],
  withinMs: number,
): Promise<ProcessIdentity[]> {
  const until = performance.now() + withinMs;
  let left = identities.filter(isAlive);
  while (left.length > 0 && performance.now() < until) {
    // Nothing tells a stranger when a process ends, so it has to be looked for.
    await new Promise((resolve) => setTimeout(resolve, 5));
    left = left.filter(isAlive);
  }
  return left;
}

/**
 * Every process of this user whose environment carries `entry` ("NAME=value"), without those that
 * have a variable called `except`.
 */
export function findByEnvironment(entry: string, except?: string): ProcessIdentity[] {
  return processIds().flatMap((pid) => {
    const environment = readEnvironment(pid);
    if (!environment.includes(entry)) return [];
    if (except && environment.some((other) => other.startsWith(`${except}=`))) return [];
    return identify(pid) ?? [];
  });
}

/** Every value that a variable has in the environment of any process of this user. */
export function environmentValues(name: string): string[] {
  const values = processIds().flatMap((pid) =>
    readEnvironment(pid)
      .filter((entry) => entry.startsWith(`${name}=`))
      .map((entry) => entry.slice(name.length + 1)),
  );
  return [...new Set(values)];
}

/** Of every process on this machine; none where the system does not tell. */
export function processIds(): number[] {
  if (process.platform !== 'linux') return [];
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** What a process was started as, or calls itself; empty if it is gone. */
export function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function readEnvironment(pid: number): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    // Gone, or another user's: in both cases none of ours.
    return [];
  }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readStatus(pid: number): ProcessStatus | undefined {
  let text: string;
  try {
    text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The second field is the command in parentheses, which may hold blanks and parentheses itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? 'X', startTime: Number(fields[19]) };
}

const isZombie = (status: ProcessStatus): boolean => status.state === 'Z' || status.state === 'X';
