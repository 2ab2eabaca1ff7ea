/** What a run recorded, as far as tests on a cluster ask. */
import fs from 'node:fs';
import path from 'node:path';
import type { HistoryRecord } from '../../bank/history.ts';
import { projectFolder } from '../project.ts';
import type { World } from '../rig.ts';

const inputs = path.join(projectFolder, 'inputs');

export const inputFile = (name: string): string => path.join(inputs, `${name}.json`);

export const expectedOutput = (name: string): string =>
  fs.readFileSync(path.join(inputs, 'expected', `${name}.json`), 'utf8');

/** The whole lines of the newest run's history; none before there is one. */
export function historyOf(world: World): readonly HistoryRecord[] {
  const file = 'runs/latest/history.jsonl';
  if (!world.exists(file)) return [];
  const lines = world.read(file).split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as HistoryRecord);
}

/** On which node each process last came up. */
export function placesIn(history: readonly HistoryRecord[]): ReadonlyMap<string, string> {
  return new Map(
    history.flatMap((record) =>
      record.kind === 'online' && record.node !== undefined ? [[record.subject, record.node]] : [],
    ),
  );
}

/** The state in which each replica settled, as text, each different one once. */
export function finalStates(history: readonly HistoryRecord[]): readonly string[] {
  const settled = history.filter((record) => record.kind === 'settled');
  return [...new Set(settled.map(({ version, balance }) => `version ${version}: ${balance}`))];
}

/** What the ledgers of the newest run say was committed, as text, each different one once. */
export function committedIn(world: World): readonly string[] {
  const folder = world.path('runs/latest/ledgers');
  const committed = fs.readdirSync(folder).map((name) =>
    fs
      .readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"kind":"commit"'))
      .join('\n'),
  );
  return [...new Set(committed)];
}

export const answersIn = (history: readonly HistoryRecord[]): number =>
  history.filter(({ kind }) => kind === 'outcome').length;
