import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { EventResult } from '../bank/result.ts';
import type { Event } from '../bank/scenario.ts';
import type { Topology } from '../bank/topology.ts';
import type { BranchHandlers } from '../rpc/server.ts';
import type { CallFailure } from '../rpc/status.ts';
import { answer, balance, socketIn, startAgreeable, success } from '../test/agreeable-branch.ts';
import { events } from '../test/events.ts';
import { Customer } from './customer.ts';

interface Visit {
  readonly events: readonly Event[];
  readonly done?: number;
  readonly customerCallMs?: number;
}

/** Customer 7 at branch 7, which answers as the handlers say. Branch 8 must never hear of it. */
async function visit(
  t: TestContext,
  { events, done = 0, customerCallMs = 10_000 }: Visit,
  handlers: Partial<BranchHandlers>,
): Promise<EventResult[]> {
  const [own, other] = [socketIn(t), socketIn(t)];
  await startAgreeable(t, { target: own }, handlers);
  const topology: Topology = {
    runId: 'test-run',
    folder: '/nowhere',
    history: false,
    branches: [
      { id: 8, process: 'branch-8', target: other, balance: 0 },
      { id: 7, process: 'branch-7', target: own, balance: 0 },
    ],
    deadlines: { customerCallMs, updateMs: 5_000 },
    paceMs: 0,
    faults: [],
    supervisorPid: 0,
  };
  const context = { topology, access: {}, process: 'visit-3', history: undefined };
  const customer = new Customer({ entry: 3, customer: 7, events: [...events] }, context);
  const results: EventResult[] = [];
  for await (const result of customer.executeEvents(done)) results.push(result);
  return results;
}

const failed = (failure: CallFailure) => Promise.resolve({ ok: false, failure } as const);
const busy: CallFailure = { status: 'UNAVAILABLE', detail: 'busy' };

test('events are executed in their order, at the branch with the customer id', async (t) => {
  const asked: string[] = [];
  const results = await visit(
    t,
    { events: events('deposit 5', 'query', 'withdraw 6') },
    {
      Query: () => (asked.push('query'), answer(balance)),
      Deposit: ({ money }) => (asked.push(`deposit ${money}`), answer(success)),
      Withdraw: ({ money }) => (asked.push(`withdraw ${money}`), answer(success)),
    },
  );
  assert.deepEqual(asked, ['deposit 5', 'query', 'withdraw 6']);
  assert.deepEqual(
    results.map(({ position, id, result }) => [position, id, result]),
    [
      [1, 1, 'success'],
      [2, 2, 'balance'],
      [3, 3, 'success'],
    ],
  );
});

test('every attempt at an event bears the same identity', async (t) => {
  const identities: unknown[] = [];
  const results = await visit(
    t,
    { events: events('query', 'deposit 5') },
    {
      Deposit: ({ event }) => {
        identities.push(event);
        return identities.length < 3 ? failed(busy) : answer(success);
      },
    },
  );
  assert.deepEqual(
    identities,
    [1, 2, 3].map(() => ({ entry: 3, position: 2 })),
  );
  assert.equal(results.at(-1)?.result, 'success');
});

test('a request that is refused for good is not repeated', async (t) => {
  let attempts = 0;
  const [result] = await visit(
    t,
    { events: events('deposit 5') },
    {
      Deposit: () => {
        attempts += 1;
        return failed({ status: 'FAILED_PRECONDITION', detail: 'another run' });
      },
    },
  );
  assert.equal(attempts, 1);
  const detail = 'branch-7 did not answer deposit: FAILED_PRECONDITION: another run';
  assert.deepEqual(result, { position: 1, id: 1, interface: 'deposit', result: 'unknown', detail });
});

test('when the time is up the outcome is unknown, and the next event has its turn', async (t) => {
  const results = await visit(
    t,
    { events: events('deposit 5', 'query'), customerCallMs: 200 },
    {
      Deposit: () => failed(busy),
    },
  );
  assert.deepEqual(
    results.map(({ result }) => result),
    ['unknown', 'balance'],
  );
  assert.equal(results[0]?.detail, 'branch-7 did not answer deposit: UNAVAILABLE: busy');
});

test('an earlier life has answered some events already', async (t) => {
  const asked: unknown[] = [];
  const results = await visit(
    t,
    { events: events('query', 'query', 'query'), done: 2 },
    {
      Query: ({ event }) => (asked.push(event), answer(balance)),
    },
  );
  assert.deepEqual(asked, [{ entry: 3, position: 3 }]);
  assert.deepEqual(
    results.map(({ position }) => position),
    [3],
  );
});
