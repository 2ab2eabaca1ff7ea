/** SIGKILL of branches and customers: the run goes on, nothing is lost and nothing is doubled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../rig.ts';

test('a branch survives 40 SIGKILLs in a row, and the run is served', async (t) => {
  const world = new World(t);
  const input = world.scenario({ branches: 2, customers: 1 });
  const run = world.start(['run', input, '--pace', '8000']);
  // The customer waits between its two events, and longer for us.
  const customer = await world.until('the customer between its events', () => {
    const found = world.findProcess(/customer\.cjs .*topology\.json 1$/)?.pid;
    return hasFirstAnswer(world) ? found : undefined;
  });
  process.kill(customer, 'SIGSTOP');
  let last = 0;
  for (let kill = 1; kill <= 40; kill += 1) {
    // Whether it serves or only starts: any moment of a life will do.
    last = await world.until('the next life of branch-2', () => {
      const pid = world.findProcess(/branch\.cjs .*topology\.json 2$/)?.pid;
      return pid === last ? undefined : pid;
    });
    await world.until('the branch serving', () => {
      const lives = world.read('runs/latest/history.jsonl').split('"kind":"ready"').length;
      return lives >= 2 + kill ? true : undefined;
    });
    process.kill(last, 'SIGKILL');
  }
  process.kill(customer, 'SIGCONT');
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /all 2 replicas end at 410 \(version 1\)/);
  await world.untilNothingLeft(2_000);
});

const firstResult = 'runs/latest/visits/1.result.jsonl';

const hasFirstAnswer = (world: World): boolean =>
  world.exists(firstResult) && world.read(firstResult).endsWith('\n');

/** Kills the first customer so many times behind its first answer, each in a life of its own. */
async function killCustomer(world: World, times: number): Promise<void> {
  await world.until('the first answer', () => hasFirstAnswer(world) || undefined);
  let last = 0;
  for (let kill = 1; kill <= times; kill += 1) {
    last = await world.until('the next life of the customer', () => {
      const pid = world.findProcess(/customer\.cjs .*topology\.json 1$/)?.pid;
      return pid === last ? undefined : pid;
    });
    process.kill(last, 'SIGKILL');
  }
}

for (const times of [1, 3]) {
  test(`a customer that is killed ${times} times resumes`, async (t) => {
    const world = new World(t);
    const input = world.scenario({ customers: 1, deposits: 3 });
    const run = world.start(['run', input, '--pace', '1000']);
    await killCustomer(world, times);
    const { code, stderr } = await run.ended;
    assert.equal(code, 0, stderr);
    const [entry] = JSON.parse(world.read('outputs/input.json')) as { recv: unknown[] }[];
    assert.deepEqual(entry?.recv.at(-1), { interface: 'query', balance: 430 });
    await world.untilNothingLeft(2_000);
  });
}

test('a customer that is killed in each of its lives leaves its open events unknown', async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario({ customers: 2 }), '--pace', '2000']);
  await killCustomer(world, 4);
  const { code, stderr } = await run.ended;
  assert.equal(code, 2, stderr);
  assert.match(stderr, /visit-1 \(customer 1\) was started 4 times and never finished/);
  assert.match(stderr, /event 2 \(query\) of customer 1, entry 1, has no answer/);
  // The next customer had its turn all the same.
  const [, second] = JSON.parse(world.read('outputs/input.json')) as { recv: unknown[] }[];
  assert.equal(second?.recv.length, 2);
  await world.untilNothingLeft(2_000);
});
