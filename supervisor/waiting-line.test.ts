import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../bank/scenario.ts';
import type { App } from './engine.ts';
import { placeWith } from '../test/place.ts';
import { makePlan, type PlannedVisit } from './plan.ts';
import { WaitingLine } from './waiting-line.ts';

const branches = [1, 2, 3].map((id) => ({ id, balance: 400 }));

const place = placeWith({
  branches: branches.map(({ id }) => ({ target: `unix:/tmp/x/${id}.sock` })),
});

interface Visit {
  readonly customer: number;
  readonly does: Event['interface'];
  readonly program?: string;
}

class Line {
  /** What was asked since it was last looked at: names of customers that start, and branches. */
  started: string[] = [];
  told: number[] = [];
  readonly visits: readonly PlannedVisit[];
  readonly line: WaitingLine;

  constructor(visits: readonly Visit[]) {
    const planned = visits.map(({ customer, does }, index) => {
      const event: Event =
        does === 'query' ? { id: 1, interface: does } : { id: 1, interface: does, money: 5 };
      return { entry: index + 1, customer, events: [event] };
    });
    const plan = makePlan({ branches, visits: planned, faults: [] }, place);
    this.visits = plan.visits;
    const appOf = ({ app, entry }: PlannedVisit): App => ({
      name: app,
      namespace: plan.runId,
      args: [visits[entry - 1]?.program ?? 'customer.cjs', 'topology.json', `${entry}`],
    });
    this.line = new WaitingLine(
      {
        plan,
        ecosystem: { branches: [], visits: plan.visits.map(appOf) },
        history: { write: () => {} },
      },
      {
        start: async (apps) => {
          this.started.push(...apps.map(({ name }) => name.replace('.k3f9', '')));
          return undefined;
        },
      },
      { connectToFellows: async ({ id }) => void this.told.push(id) },
    );
  }

  /** What was asked during each turn, one after the other. */
  async turns(): Promise<{ started: string[]; told: number[] }[]> {
    const turns: { started: string[]; told: number[] }[] = [];
    for (const visit of this.visits) {
      await this.line.next(visit);
      turns.push({ started: this.started, told: this.told });
      this.started = [];
      this.told = [];
    }
    return turns;
  }
}

test('branches connect once, a visit ahead of their first update, and for queries not at all', async () => {
  const { turns } = await turnsOf([
    { customer: 1, does: 'query' },
    { customer: 2, does: 'deposit' },
    { customer: 2, does: 'withdraw' },
    { customer: 3, does: 'deposit' },
    { customer: 1, does: 'query' },
  ]);
  assert.deepEqual(
    turns.map(({ told }) => told),
    [[2], [], [3], [], []],
  );
});

test('customers start some at a time, up to eight ahead', async () => {
  const { line, turns } = await turnsOf(
    Array.from({ length: 20 }, () => ({ customer: 1, does: 'query' })),
  );
  const starts = turns.map(({ started }) => started.length);
  assert.deepEqual(starts.slice(0, 5), [8, 0, 0, 0, 4]);
  assert.equal(
    starts.reduce((sum, count) => sum + count, 0),
    line.visits.length,
  );
});

test('a customer with a program of its own is not started ahead', async () => {
  const { turns } = await turnsOf([
    { customer: 1, does: 'query' },
    { customer: 1, does: 'query', program: 'customer.py' },
  ]);
  assert.deepEqual(
    turns.map(({ started }) => started),
    [['visit-1'], []],
  );
});

async function turnsOf(visits: readonly Visit[]): Promise<{
  line: Line;
  turns: Awaited<ReturnType<Line['turns']>>;
}> {
  const line = new Line(visits);
  return { line, turns: await line.turns() };
}
