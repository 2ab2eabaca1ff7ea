import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Scope, explore } from './exploration.ts';
import { type Mutant, mutants } from './mutants.ts';
import { randomCourse } from './schedule.ts';
import { shortest, story } from './shrink.ts';

/** A checker that cannot fail is worth nothing: each broken rule must be found, and shown. */
const schedules = 2_000;

for (const mutant of mutants) {
  test(`a replica that ${mutant.title} is found`, (t) => {
    const found = byChance(mutant) ?? bySearch(mutant);
    assert.ok(
      found !== undefined,
      `${schedules} schedules and ${scopes.length} explorations passed`,
    );
    for (const line of found) t.diagnostic(line);
  });
}

function byChance({ replicaClass }: Mutant): string[] | undefined {
  for (let seed = 1; seed <= schedules; seed += 1) {
    const found = randomCourse(seed, replicaClass);
    if (found.violation !== undefined)
      return [`seed ${seed}:`, ...story(shortest(found, replicaClass))];
  }
  return undefined;
}

function bySearch({ replicaClass }: Mutant): string[] | undefined {
  for (const scope of scopes) {
    const { found, states } = explore(scope, replicaClass);
    if (found) return [`after ${states} states:`, ...story(shortest(found, replicaClass))];
  }
  return undefined;
}

const at = (entry: number) => ({ event: { entry, position: 1 } });
const peaceful = { crashes: 0, losses: 0, duplicates: 0, leaps: 0, disks: 0 };

/** Small worlds for what chance rarely meets. */
const scopes: readonly Scope[] = [
  {
    // A refused withdrawal, and a deposit that would have made it possible.
    plan: {
      branches: 2,
      balance: 10,
      customers: [
        { branch: 1, script: [{ interface: 'withdraw', money: 12, ...at(1) }] },
        { branch: 2, script: [{ interface: 'deposit', money: 5, ...at(2) }] },
      ],
    },
    budget: { ...peaceful, crashes: 1, duplicates: 1 },
    attempts: 1,
    inTurn: true,
  },
  {
    // Queries before, while and after an update is decided.
    plan: {
      branches: 2,
      balance: 10,
      customers: [
        { branch: 1, script: [{ interface: 'deposit', money: 5, ...at(1) }] },
        { branch: 2, script: [{ interface: 'query' }] },
        { branch: 2, script: [{ interface: 'query' }] },
      ],
    },
    budget: peaceful,
    attempts: 1,
    inTurn: false,
  },
  {
    // An update that fails at its deadline, and a copy of its request that comes after a crash.
    plan: {
      branches: 2,
      balance: 10,
      customers: [
        { branch: 1, script: [{ interface: 'deposit', money: 5, ...at(1) }] },
        { branch: 2, script: [{ interface: 'deposit', money: 7, ...at(2) }] },
      ],
    },
    budget: { ...peaceful, crashes: 1, duplicates: 1, leaps: 1 },
    attempts: 1,
    inTurn: true,
  },
  {
    // A vote that reaches the old process when its update is in doubt already.
    plan: {
      branches: 2,
      balance: 10,
      customers: [{ branch: 1, script: [{ interface: 'deposit', money: 5, ...at(1) }] }],
      sharedLedgers: true,
    },
    budget: { ...peaceful, disks: 1 },
    attempts: 1,
    inTurn: true,
  },
];
