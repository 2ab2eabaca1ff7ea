import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LifeListener } from './engine.ts';
import type { StartedApp } from './pm2-api.ts';
import { Pm2Lives } from './pm2-lives.ts';

const runId = '20261122-193349-k3f9';
const branch: StartedApp = { name: 'branch-1.k3f9', pid: 101, id: 0 };
const over = 75;

/** Lives, and what is heard of them, in short. */
function observed(list: readonly StartedApp[] = []): { lives: Pm2Lives; heard: string[] } {
  const heard: string[] = [];
  const lives = new Pm2Lives({
    runId,
    hear: (event) => heard.push(shortly(event)),
    processes: { remember: (pid) => heard.push(`remember ${pid}`) },
    find: (name) => Promise.resolve(list.find((app) => app.name === name)),
  });
  return { lives, heard };
}

function shortly(event: Parameters<LifeListener>[0]): string {
  if (event.type === 'online') return `online ${event.pid}, restarts ${event.restarts}`;
  if (event.type === 'exit') return `exit ${event.exit.pid} with ${event.exit.code}`;
  return event.type;
}

const exits = (code: number): object => ({
  event: 'exit',
  process: { name: branch.name, namespace: runId, pm_id: 0, exit_code: code },
});

test('an exit that comes before the answer to the start is told after it', () => {
  const { lives, heard } = observed();
  lives.expect(branch.name);
  lives.hearBus('process:event', exits(1));
  assert.deepEqual(heard, []);
  lives.began(branch);
  lives.settled(branch.name);
  assert.deepEqual(heard, ['remember 101', 'online 101, restarts 0', 'exit 101 with 1']);
});

test('an exit is told once, however often pm2 tells it', async () => {
  const { lives, heard } = observed();
  lives.began(branch);
  const ended = lives.untilExit(branch.name);
  lives.hearBus('process:event', exits(0));
  lives.hearBus('process:event', exits(0));
  assert.deepEqual(await ended, { pid: 101, code: 0 });
  assert.equal(heard.filter((what) => what.startsWith('exit')).length, 1);
  assert.equal(lives.of(branch.name), undefined);
});

test("of a further life pm2's list knows the process", async () => {
  const { lives, heard } = observed([{ ...branch, pid: 202 }]);
  lives.began(branch);
  lives.hearBus('process:event', exits(1));
  const process = { name: branch.name, namespace: runId, pm_id: 0, restart_time: 1 };
  lives.hearBus('process:event', { event: 'online', process });
  await new Promise(setImmediate);
  assert.deepEqual(heard.slice(-2), ['remember 202', 'online 202, restarts 1']);
  assert.equal(lives.isUnsteady, true);
});

test("other runs' apps are no concern", () => {
  const { lives, heard } = observed();
  lives.began(branch);
  const process = { name: branch.name, namespace: 'another', pm_id: 0, exit_code: 1 };
  lives.hearBus('process:event', { event: 'exit', process });
  assert.deepEqual(heard, ['remember 101', 'online 101, restarts 0']);
});

test('who waits for an exit hears when pm2 is lost', async () => {
  const { lives } = observed();
  lives.began(branch);
  const ended = lives.untilExit(branch.name);
  const failure = { reason: 'engine-lost', message: 'the pm2 daemon died' } as const;
  lives.fail(failure);
  assert.deepEqual(await ended, failure);
});

const ends = [
  { title: 'all hear that the run is over', codes: [over], all: true },
  { title: 'one ends for another reason', codes: [1], all: false },
  { title: 'one does not hear it', codes: [], all: false },
] as const;

for (const { title, codes, all } of ends) {
  test(`the end of a run: ${title}`, async () => {
    const { lives } = observed();
    lives.began(branch);
    const ended = lives.allEnd();
    for (const code of codes) lives.hearBus('process:event', exits(code));
    assert.equal(await ended, all);
  });
}
