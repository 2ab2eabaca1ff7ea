/** Runs beside each other: none disturbs another, and the last one out leaves nothing. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { World } from '../rig.ts';

test('eight runs at once, of the same input and to the same output', async (t) => {
  const world = new World(t);
  const input = world.scenario({ branches: 2, customers: 1 });
  const runs = Array.from({ length: 8 }, (_, index) =>
    world.run(['run', input, '-o', index % 2 === 0 ? 'same.json' : `own-${index}.json`]),
  );
  for (const { code, stderr } of await Promise.all(runs)) assert.equal(code, 0, stderr);
  await world.untilNothingLeft(2_000);
  const recv = [
    { interface: 'deposit', result: 'success' },
    { interface: 'query', balance: 410 },
  ];
  const outputs = fs.readdirSync(world.folder).filter((name) => /^(same|own-\d)\.json$/.test(name));
  assert.equal(outputs.length, 5);
  for (const name of outputs) {
    assert.deepEqual(JSON.parse(world.read(name)), [{ id: 1, recv }], name);
  }
  assert.equal(world.runIds().length, 8);
  assert.deepEqual(
    fs.readdirSync(world.folder).filter((name) => name.includes('draft')),
    [],
  );
});

test("two runs in the user's own daemon leave it as it was", async (t) => {
  const world = new World(t);
  const user = world.startUserApp();
  const input = world.scenario({ branches: 2, customers: 1 });
  const runs = ['a.json', 'b.json'].map((output) => world.run(['run', input, '-o', output]));
  for (const { code, stderr } of await Promise.all(runs)) assert.equal(code, 0, stderr);
  await world.untilNothingLeft(2_000, user);
});

test("an app that the user starts in a run's daemon makes the daemon theirs", async (t) => {
  const world = new World(t);
  const run = world.start(['run', world.scenario(), '--hold']);
  await run.says('the branches stay up');
  world.pm2('start', world.write('app.js', 'setInterval(() => {}, 1e6)'), '--name', 'mine');
  const app = world.pm2('pid', 'mine');
  run.signal('SIGINT');
  assert.equal((await run.ended).code, 0);
  const listed = JSON.parse(world.pm2('jlist')) as { name: string }[];
  assert.deepEqual(
    listed.map(({ name }) => name),
    ['mine'],
  );
  assert.equal(world.pm2('pid', 'mine'), app);
  assert.equal(world.exists('pm2/tally-daemon.json'), false);
  // A further run joins it as a guest.
  assert.equal((await world.run(['run', world.scenario()])).code, 0);
  assert.equal(world.pm2('pid', 'mine'), app);
  world.pm2('kill');
});
