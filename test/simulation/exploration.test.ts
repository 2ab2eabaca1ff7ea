import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Replica } from '../../branch/replica.ts';
import { type Budget, type Scope, explore } from './exploration.ts';
import { shortest, story } from './shrink.ts';

/** `TALLY_EXPLORE=deep npm test -- exploration` visits 1.7 million states more, in minutes. */
const deep = process.env['TALLY_EXPLORE'] === 'deep';

const update = (name: 'deposit' | 'withdraw', money: number, entry: number) =>
  ({ interface: name, money, event: { entry, position: 1 } }) as const;

/** A deposit at one branch, and at another a withdrawal that is covered only after it. */
const twoUpdates: Scope = {
  plan: {
    branches: 3,
    balance: 10,
    customers: [
      { branch: 1, script: [update('deposit', 5, 1)] },
      { branch: 2, script: [update('withdraw', 12, 2)] },
    ],
  },
  budget: { crashes: 0, losses: 0, duplicates: 0, leaps: 0, disks: 0 },
  attempts: 1,
  inTurn: true,
};

const withBudget = (budget: Partial<Budget>, rest: Partial<Scope> = {}): Scope => ({
  ...twoUpdates,
  ...rest,
  budget: { ...twoUpdates.budget, ...budget },
});

const queries: Scope['plan'] = {
  branches: 3,
  balance: 10,
  customers: [
    { branch: 1, script: [update('deposit', 5, 1)] },
    { branch: 2, script: [{ interface: 'query' }, { interface: 'query' }] },
    { branch: 2, script: [{ interface: 'query' }] },
  ],
};

const oneQuery: Scope['plan'] = {
  ...queries,
  customers: [
    { branch: 1, script: [update('deposit', 5, 1)] },
    { branch: 2, script: [{ interface: 'query' }] },
  ],
};

const scopes: readonly { title: string; scope: Scope; atLeast: number }[] = [
  {
    title: 'two updates, two crashes, one loss, one duplicate',
    scope: withBudget({ crashes: 2, losses: 1, duplicates: 1 }),
    atLeast: 250_000,
  },
  {
    title: 'two updates with retries, one crash, one loss, one duplicate',
    scope: withBudget({ crashes: 1, losses: 1, duplicates: 1 }, { attempts: 2 }),
    atLeast: 80_000,
  },
  {
    title: 'two updates with retries, one crash, and a clock past all deadlines',
    scope: withBudget({ crashes: 1, leaps: 1 }, { attempts: 2 }),
    atLeast: 10_000,
  },
  {
    title: 'two updates at the same time, one crash, and a clock past all deadlines',
    scope: withBudget({ crashes: 1, leaps: 1 }, { inTurn: false }),
    atLeast: 10_000,
  },
  {
    title: 'queries beside an update, and one crash',
    scope: withBudget({ crashes: 1 }, { plan: queries, inTurn: false }),
    atLeast: 10_000,
  },
  {
    title: 'two updates with retries, and a lost machine',
    scope: withBudget({ disks: 1 }, { attempts: 2 }),
    atLeast: 20_000,
  },
  {
    title: 'a query beside an update, and a lost machine',
    scope: withBudget({ disks: 1 }, { plan: oneQuery, inTurn: false }),
    atLeast: 20_000,
  },
  {
    title: 'two updates, and a lost machine whose ledger can be read',
    scope: withBudget({ disks: 1 }, { plan: { ...twoUpdates.plan, sharedLedgers: true } }),
    atLeast: 10_000,
  },
  ...(deep
    ? [
        {
          title: 'two updates with retries, two crashes, one loss, one duplicate',
          scope: withBudget({ crashes: 2, losses: 1, duplicates: 1 }, { attempts: 2 }),
          atLeast: 1_000_000,
        },
        {
          title: 'two updates, a lost machine, and one duplicate',
          scope: withBudget({ disks: 1, duplicates: 1 }),
          atLeast: 200_000,
        },
        {
          title: 'two updates with retries, a lost machine, and one loss',
          scope: withBudget({ disks: 1, losses: 1 }, { attempts: 2 }),
          atLeast: 100_000,
        },
        {
          title: 'two updates at the same time, and a lost machine',
          scope: withBudget({ disks: 1 }, { inTurn: false }),
          atLeast: 80_000,
        },
      ]
    : []),
];

for (const { title, scope, atLeast } of scopes) {
  test(`no state is wrong with ${title}`, (t) => {
    const { states, steps, found } = explore(scope, Replica);
    if (found) assert.fail(story(shortest(found, Replica)).join('\n'));
    t.diagnostic(`${states} states, ${steps} steps`);
    assert.ok(states >= atLeast, `only ${states} states were reached`);
  });
}
