/**
 * Hundreds of small runs, each with a SIGKILL at a random moment: `npm run soak -- --runs 200
 * --seed 7`. Ends at the first violation: a loss (the end of a run contradicts an answer) or a
 * leftover (a process, socket or note that outlives its run).
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { ProcessIdentity } from '../../supervisor/life.ts';
import { Random } from '../simulation/random.ts';
import { type Shape, World } from '../rig.ts';
import type { Ended, Started } from '../started.ts';

/** How often each kind of process is struck, in parts of 100. */
const victims = { branch: 50, customer: 30, daemon: 10, supervisor: 10 } as const;
type Victim = keyof typeof victims;

/** The budget for a SIGKILL, and as much again for a machine that is busy. */
const goneWithinMs = 4_000;
/** Runs of this size take about as long. */
const longestDelayMs = 1_000;

interface Counts {
  runs: number;
  /** Whom the present run was to lose. */
  last: Victim | undefined;
  readonly kills: Record<Victim, number>;
}

function choose(random: Random): Victim {
  let rest = random.between(0, 99);
  for (const [victim, share] of Object.entries(victims) as [Victim, number][]) {
    if (rest < share) return victim;
    rest -= share;
  }
  return 'branch';
}

async function strike(world: World, run: Started, victim: Victim): Promise<boolean> {
  const hasEnded = (): boolean => run.child.exitCode !== null;
  const found = await world.until(
    'somebody to strike',
    (): ProcessIdentity | 'nobody' | undefined =>
      hasEnded() ? 'nobody' : find(world, run, victim),
  );
  if (found === 'nobody') return false;
  try {
    process.kill(found.pid, 'SIGKILL');
    return true;
  } catch {
    // It ended by itself in this very moment.
    return false;
  }
}

function find(world: World, run: Started, victim: Victim): ProcessIdentity | undefined {
  switch (victim) {
    case 'branch':
      return world.findProcess(/branch\.cjs /);
    case 'customer':
      return world.findProcess(/customer\.cjs /);
    case 'daemon':
      return world.daemon();
    case 'supervisor':
      return { pid: run.pid, startTime: 0 };
  }
}

/** An answer that the rest of the run contradicts, or a run that did not end as it must. */
async function assertNothingLost(
  world: World,
  shape: Required<Omit<Shape, 'faults'>>,
  { code, stderr }: Ended,
  victim: Victim,
): Promise<void> {
  if (victim === 'branch' || victim === 'customer') assert.equal(code, 0, stderr);
  if (code === 0) assert.deepEqual(JSON.parse(world.read('outputs/input.json')), expected(shape));
  if (code === null && world.exists('runs/latest/history.jsonl')) {
    const { code: verdict, stdout } = await world.run(['check']);
    assert.notEqual(verdict, 1, stdout);
  } else assert.notEqual(code, 1, stderr);
}

function expected({ branches, customers, deposits }: Required<Omit<Shape, 'faults'>>): unknown {
  return Array.from({ length: customers }, (_, index) => ({
    id: (index % branches) + 1,
    recv: [
      ...Array.from({ length: deposits }, () => ({ interface: 'deposit', result: 'success' })),
      { interface: 'query', balance: 400 + 10 * deposits * (index + 1) },
    ],
  }));
}

async function runOnce(world: World, random: Random, counts: Counts): Promise<void> {
  const shape = {
    branches: random.between(1, 4),
    customers: random.between(1, 3),
    deposits: random.between(1, 4),
  };
  const victim = choose(random);
  const run = world.start(['run', world.scenario(shape), '--pace', String(random.between(0, 50))]);
  await new Promise((resolve) => setTimeout(resolve, random.between(0, longestDelayMs)));
  if (await strike(world, run, victim)) counts.kills[victim] += 1;
  const ended = await run.ended;
  counts.last = victim;
  await assertNothingLost(world, shape, ended, victim);
  await world.untilNothingLeft(goneWithinMs);
  for (const id of world.runIds()) fs.rmSync(world.path(`runs/${id}`), { recursive: true });
  fs.rmSync(world.path('runs/latest'), { force: true });
  counts.runs += 1;
}

function summary({ runs, kills }: Counts): string {
  const all = Object.values(kills).reduce((sum, count) => sum + count, 0);
  const each = Object.entries(kills).map(([victim, count]) => `${count} ${victim}`);
  return `${runs} runs, ${all} kills (${each.join(', ')}), 0 losses, 0 leftovers`;
}

async function soak(runs: number, seed: number): Promise<void> {
  const random = new Random(seed);
  const kills = { branch: 0, customer: 0, daemon: 0, supervisor: 0 };
  const counts: Counts = { runs: 0, last: undefined, kills };
  const closers: (() => void)[] = [];
  const world = new World({ after: (close) => void closers.push(close) });
  console.log(`seed ${seed}`);
  try {
    while (counts.runs < runs) {
      await runOnce(world, random, counts);
      if (counts.runs % 20 === 0) console.log(summary(counts));
    }
    console.log(`seed ${seed}: ${summary(counts)}`);
  } catch (error) {
    const where = `run ${counts.runs + 1} of seed ${seed} (SIGKILL of a ${counts.last})`;
    console.log(`${where} is a violation, after ${summary(counts)}:`);
    console.log(error);
    process.exitCode = 1;
  } finally {
    for (const close of closers) close();
  }
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
await soak(Number(values.runs), Number(values.seed ?? Date.now() % 1_000_000));
