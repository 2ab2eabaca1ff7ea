import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import type { EventResult } from '../bank/result.ts';
import type { Event, Scenario } from '../bank/scenario.ts';
import { mergeResults, onlySuccessful } from './merge.ts';

/** The same customer twice, with another between: only the entry tells the visits apart. */
const scenario: Scenario = {
  branches: [{ id: 1, balance: 400 }],
  visits: [
    { entry: 1, customer: 7, events: [{ id: 1, interface: 'query' }] },
    {
      entry: 2,
      customer: 5,
      events: [
        { id: 1, interface: 'deposit', money: 1 },
        { id: 2, interface: 'withdraw', money: 900 },
      ],
    },
    { entry: 3, customer: 7, events: [{ id: 1, interface: 'query' }] },
  ],
  faults: [],
};

type Results = Readonly<Record<number, readonly EventResult[]>>;
const merged = (results: Results, halted = false): ReturnType<typeof mergeResults> =>
  mergeResults(scenario, (entry) => ({ results: results[entry] ?? [], complete: true }), halted);

const whole: Results = {
  1: [{ position: 1, id: 1, interface: 'query', result: 'balance', balance: 0 }],
  2: [
    { position: 1, id: 1, interface: 'deposit', result: 'success' },
    { position: 2, id: 2, interface: 'withdraw', result: 'fail', reason: 'overdraft' },
  ],
  3: [{ position: 1, id: 1, interface: 'query', result: 'balance', balance: 401 }],
};

test('entries stand in the order of the file, one for each visit', () => {
  const { entries, undecided } = merged(whole);
  assert.deepEqual(entries, [
    { id: 7, recv: [{ interface: 'query', balance: 0 }] },
    {
      id: 5,
      recv: [
        { interface: 'deposit', result: 'success' },
        { interface: 'withdraw', result: 'fail' },
      ],
    },
    { id: 7, recv: [{ interface: 'query', balance: 401 }] },
  ]);
  assert.deepEqual(undecided, []);
});

test('an event without a line is unknown, and named', () => {
  const { entries, undecided } = merged({ ...whole, 2: whole[2]?.slice(0, 1) ?? [], 3: [] });
  assert.deepEqual(entries[1]?.recv[1], { interface: 'withdraw', result: 'unknown' });
  assert.deepEqual(entries[2]?.recv, [{ interface: 'query', result: 'unknown' }]);
  assert.deepEqual(
    undecided.map(({ reason, message }) => `${reason}: ${message}`),
    [
      'event-unknown: event 2 (withdraw) of customer 5, entry 2, has no answer',
      'event-unknown: event 1 (query) of customer 7, entry 3, has no answer',
    ],
  );
});

test('of many events without an answer the first are named, and the rest is counted', () => {
  const many = limits.problemsShown + 7;
  const events = Array.from({ length: many }, (_, index): Event => ({
    id: index + 1,
    interface: 'query',
  }));
  const { entries, undecided } = mergeResults(
    { ...scenario, visits: [{ entry: 1, customer: 7, events }] },
    () => ({ results: [], complete: false }),
    false,
  );
  assert.equal(entries[0]?.recv.length, many);
  assert.equal(undecided.length, limits.problemsShown + 1);
  assert.equal(undecided.at(-1)?.reason, 'event-unknown');
  assert.match(undecided.at(-1)?.message ?? '', /^7 more without a known outcome/);
});

test('what a halted run did not ask for is left out', () => {
  const { entries, undecided } = merged({ 1: whole[1] ?? [] }, true);
  assert.deepEqual(
    entries.map(({ recv }) => recv.length),
    [1, 0, 0],
  );
  assert.deepEqual(undecided, []);
});

test('a branch that was missing is told in the output and decides nothing', () => {
  const missing: EventResult = {
    position: 1,
    id: 1,
    interface: 'deposit',
    result: 'fail',
    reason: 'branch-missing',
    detail: 'branch 3 did not acknowledge',
  };
  const { entries, undecided } = merged({ ...whole, 2: [missing] });
  assert.deepEqual(entries[1]?.recv[0], {
    interface: 'deposit',
    result: 'fail',
    reason: 'branch-missing',
  });
  assert.equal(undecided[0]?.reason, 'branch-missing');
  assert.match(undecided[0].message, /failed: branch 3 did not acknowledge$/);
});

test('--successful-only leaves out what was refused or is unknown', () => {
  const { entries } = merged({ ...whole, 3: [] });
  assert.deepEqual(
    onlySuccessful(entries).map(({ recv }) => recv),
    [[{ interface: 'query', balance: 0 }], [{ interface: 'deposit', result: 'success' }], []],
  );
});
