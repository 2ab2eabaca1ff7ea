import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import type { Path } from './document.ts';
import type { Findings } from './finding.ts';
import { get, integer, type ProcessGlance } from './glance.ts';
import { checkPart } from './schema-check.ts';
import { checkCount } from './size.ts';
import { few } from './words.ts';

/** What a fault may name: the branches, and for each customer entry how many events it has. */
export interface FaultTargets {
  readonly branches: readonly number[];
  readonly events: readonly number[];
}

export const targetsIn = (processes: readonly ProcessGlance[]): FaultTargets => ({
  branches: processes.flatMap(({ type, id }) => (type === 'branch' && id !== undefined ? id : [])),
  events: processes.flatMap(({ type, events }) => (type === 'customer' ? events.length : [])),
});

export const targetsOf = ({ branches, visits }: Scenario): FaultTargets => ({
  branches: branches.map(({ id }) => id),
  events: visits.map(({ events }) => events.length),
});

interface Mistake {
  /** The key whose value names something that is not there. */
  readonly key: string;
  readonly message: string;
  readonly advice: string;
}

/** A list of faults, and what leads to it. */
export interface FaultList {
  readonly path: Path;
  readonly faults: readonly unknown[];
}

/** Checks each fault against the schema, and that everything that it names is there. */
export function checkFaults(list: FaultList, targets: FaultTargets, findings: Findings): void {
  const count = { count: list.faults.length, most: limits.faults, name: 'faults', path: list.path };
  if (!checkCount(count, findings)) return;
  for (const [index, fault] of list.faults.entries()) {
    const subject = `fault ${index + 1}`;
    const path = [...list.path, index];
    checkPart('fault', fault, () => ({ subject, path }), findings);
    const mistakes = [...branchMistakes(fault, targets), ...visitMistakes(fault, targets)];
    for (const { key, message, advice } of mistakes)
      findings.add({
        path: [...path, key],
        part: 'value',
        message: `${subject}: ${message}`,
        advice,
      });
  }
}

function branchMistakes(fault: unknown, { branches }: FaultTargets): readonly Mistake[] {
  const named = ['branch', 'from', 'to'].map((key) => ({ key, id: integer(get(fault, key)) }));
  const absent = named.filter(({ id }) => id !== undefined && !branches.includes(id));
  const [, from, to] = named;
  if (absent.length === 0 && from?.id !== undefined && from.id === to?.id)
    return [
      {
        key: 'to',
        message: `branch ${from.id} sends no messages to itself`,
        advice: 'Name two different branches.',
      },
    ];
  return absent.map(({ key, id }) => ({
    key,
    message: `there is no branch ${id}`,
    advice: `Write the id of a branch: ${few(branches)}.`,
  }));
}

function visitMistakes(fault: unknown, { events }: FaultTargets): readonly Mistake[] {
  const entry = integer(get(fault, 'entry'));
  const event = integer(get(fault, 'event'));
  if (entry === undefined || entry < 1) return [];
  const count = events[entry - 1];
  if (count === undefined)
    return [
      {
        key: 'entry',
        message: `there is no customer entry ${entry}`,
        advice: `The input has ${counted(events.length, 'customer entry', 'customer entries')}.`,
      },
    ];
  if (event === undefined || event <= count) return [];
  return [
    {
      key: 'event',
      message: `customer entry ${entry} has no event number ${event}`,
      advice: `It has ${counted(count, 'event', 'events')}; they are counted from 1.`,
    },
  ];
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
