import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BranchWatch } from './branch-watch.ts';
import { Causes } from './cause.ts';
import type { PlannedBranch } from './plan.ts';

const branch = (id: number): PlannedBranch => ({
  id,
  process: `branch-${id}`,
  app: `branch-${id}.k3f9`,
  target: `unix:/tmp/branch-${id}.sock`,
  balance: 400,
  standardOutput: '/no/such/log',
  standardError: '/no/such/log',
});

function watch(serves: boolean): { watched: BranchWatch; causes: Causes; served: string[] } {
  const causes = new Causes();
  const served: string[] = [];
  const watched = new BranchWatch([branch(1), branch(2)], {
    causes,
    probe: async () => (serves ? undefined : { status: 'UNAVAILABLE' }),
    whereIs: ({ target }) => target,
    onServing: ({ process }) => served.push(process),
  });
  return { watched, causes, served };
}

test('all serve when each was asked and answered', async () => {
  const { watched, causes, served } = watch(true);
  const all = watched.allServing();
  await watched.online('branch-1.k3f9', 11);
  await watched.online('branch-2.k3f9', 12);
  await watched.online('visit-1.k3f9', 13);
  await all;
  assert.deepEqual(served, ['branch-1', 'branch-2']);
  assert.deepEqual([...watched.pids.values()], [11, 12]);
  assert.equal(causes.isHalted, false);
});

test('five deaths in a row before it serves are a crash loop; a life in between starts anew', async () => {
  const { watched, causes } = watch(true);
  const die = (times: number): void => {
    for (let death = 0; death < times; death += 1)
      watched.exited('branch-1.k3f9', { pid: 11, code: 3 });
  };
  die(4);
  await watched.online('branch-1.k3f9', 11);
  die(4);
  assert.equal(causes.isHalted, false);
  die(1);
  assert.equal(causes.deciding?.reason, 'branch-crash-loop');
  assert.match(
    causes.deciding.message,
    /branch-1 .* died 5 times .* last with code 3; it said nothing/,
  );
});

for (const { code, says } of [
  { code: 75, says: 'saw its supervisor gone' },
  { code: 76, says: 'cannot listen on its address' },
  { code: 77, says: 'cannot use its ledger' },
]) {
  test(`exit code ${code} ends the run at once: ${says}`, () => {
    const { watched, causes } = watch(false);
    watched.exited('branch-2.k3f9', { pid: 12, code });
    assert.equal(causes.deciding?.reason, 'branch-stopped');
    assert.ok(causes.deciding.message.startsWith('branch-2 (unix:/tmp/branch-2.sock) '));
    assert.ok(causes.deciding.message.includes(says), causes.deciding.message);
  });
}

test('nobody waits for branches of a run that is to stop', async () => {
  const { watched, causes } = watch(false);
  const all = watched.allServing();
  causes.stop({ reason: 'signal-interrupt', message: 'stopped by SIGINT' });
  await all;
});
