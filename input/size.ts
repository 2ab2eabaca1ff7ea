import { limits } from '../bank/limits.ts';
import type { Path } from './document.ts';
import type { Findings } from './finding.ts';
import type { ProcessGlance } from './glance.ts';
import { thousands } from './words.ts';

/** Counted before anything is looked at: a list of numbers has room for millions. */
export function checkLength(list: readonly unknown[], path: Path, findings: Findings): boolean {
  const most = limits.branches + limits.visits;
  return checkCount({ count: list.length, most, name: 'processes', path }, findings);
}

/**
 * Counted before anything is looked at more closely. Aliases can repeat a list many times over, so
 * a small file may still be too large.
 * @returns whether all counts are within their limits
 */
export function checkSize(
  processes: readonly ProcessGlance[],
  path: Path,
  findings: Findings,
): boolean {
  const branches = processes.filter(({ type }) => type === 'branch').length;
  const visits = processes.length - branches;
  const events = processes.reduce((sum, process) => sum + process.events.length, 0);
  const within = [
    checkCount({ count: branches, most: limits.branches, name: 'branches', path }, findings),
    checkCount({ count: visits, most: limits.visits, name: 'customer entries', path }, findings),
    checkCount({ count: events, most: limits.events, name: 'events', path }, findings),
  ];
  return within.every(Boolean);
}

interface Count {
  readonly count: number;
  readonly most: number;
  readonly name: string;
  /** What leads to the list that is too long. */
  readonly path: Path;
}

/** @returns whether the count is within its limit */
export function checkCount({ count, most, name, path }: Count, findings: Findings): boolean {
  if (count <= most) return true;
  findings.add({
    path,
    part: 'value',
    message: `${thousands(count)} ${name} are more than one run takes`,
    advice: `Split the file: a run takes at most ${thousands(most)} ${name}.`,
  });
  return false;
}
