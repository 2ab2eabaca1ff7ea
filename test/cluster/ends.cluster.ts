/** However a run comes to its end, no node keeps a process, a folder or a key of it. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import type { Started } from '../started.ts';
import { until } from '../until.ts';
import { answersIn, historyOf, inputFile } from './record.ts';
import { ClusterWorld, goneWithinMs, needsCluster, type Run } from './world.ts';

interface End {
  readonly title: string;
  readonly run: Run;
  /** What it says when it is struck; otherwise that is at its first answer. */
  readonly phase?: string;
  readonly strike: (site: ClusterWorld, run: Started) => void;
  /** Exit code or signal of what was started; undefined where salloc says it, which does not always. */
  readonly ending: number | NodeJS.Signals | undefined;
}

const fromLogin: Run = (site, words) => site.run(words);
const allocated: Run = (site, words) => site.runAllocated(words);

const killSupervisor = (site: ClusterWorld): void =>
  void process.kill(site.world.runRecord().supervisor.pid, 'SIGKILL');

const cancel = (site: ClusterWorld): void => {
  site.cluster.run('sh', '-c', 'scancel $(squeue --noheader -o %i)');
};

const ends: readonly End[] = [
  { title: 'Ctrl-C', run: fromLogin, strike: (_, run) => run.signal('SIGINT'), ending: 130 },
  { title: 'SIGTERM', run: fromLogin, strike: (_, run) => run.signal('SIGTERM'), ending: 143 },
  {
    title: 'SIGKILL of what was started',
    run: fromLogin,
    strike: (_, run) => run.signal('SIGKILL'),
    ending: 'SIGKILL',
  },
  {
    title: 'SIGKILL while it comes to the nodes',
    run: fromLogin,
    phase: 'bringing Tally to',
    strike: (_, run) => run.signal('SIGKILL'),
    ending: 'SIGKILL',
  },
  {
    title: 'Ctrl-C while branches start',
    run: fromLogin,
    phase: 'starting the branches',
    strike: (_, run) => run.signal('SIGINT'),
    ending: 130,
  },
  {
    title: 'SIGKILL while branches start',
    run: fromLogin,
    phase: 'starting the branches',
    strike: (_, run) => run.signal('SIGKILL'),
    ending: 'SIGKILL',
  },
  { title: 'SIGKILL of the supervisor', run: fromLogin, strike: killSupervisor, ending: 69 },
  {
    title: 'SIGKILL of the supervisor in an allocation',
    run: allocated,
    strike: killSupervisor,
    ending: undefined,
  },
  { title: 'scancel', run: fromLogin, strike: cancel, ending: 69 },
  { title: 'scancel of an allocation', run: allocated, strike: cancel, ending: undefined },
];

test('nothing is left on any node', needsCluster, async (t) => {
  const site = await ClusterWorld.start(t, 3);
  for (const { title, run, phase, strike, ending } of ends) {
    await t.test(`after ${title}`, async () => {
      fs.rmSync(site.world.path('runs'), { recursive: true, force: true });
      const started = run(site, [inputFile('example'), '--pace', '60000']);
      await (phase === undefined ? untilAnswered(site, started) : started.says(phase));
      strike(site, started);
      const { code, signal, stderr } = await started.ended;
      if (ending !== undefined) assert.equal(code ?? signal, ending, stderr);
      await site.untilNothingLeft(goneWithinMs);
    });
  }
  await t.test('and the next run is not disturbed', async () => {
    const { code, stderr } = await site.run([inputFile('example')]).ended;
    assert.equal(code, 0, stderr);
    await site.untilNothingLeft(goneWithinMs);
  });
});

const patienceMs = 60_000;

async function untilAnswered({ world }: ClusterWorld, run: Started): Promise<void> {
  const isAnswered = (): boolean => run.child.exitCode !== null || answersIn(historyOf(world)) > 0;
  await until('the first answer', () => isAnswered() || undefined, patienceMs);
}
