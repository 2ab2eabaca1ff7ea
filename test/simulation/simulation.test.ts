import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Replica } from '../../branch/replica.ts';
import { type Course, course, randomCourse } from './schedule.ts';
import { shortest, story } from './shrink.ts';

/** `TALLY_SCHEDULES=100000 TALLY_SEED=7 npm test -- simulation` runs more, or others. */
const schedules = Number(process.env['TALLY_SCHEDULES'] ?? 20_000);
const firstSeed = Number(process.env['TALLY_SEED'] ?? 1);

const seeds = (count: number): number[] =>
  Array.from({ length: count }, (_, place) => firstSeed + place);

test(`nothing goes wrong in ${schedules} schedules of faults`, (t) => {
  const sum = { steps: 0, commits: 0, crashes: 0, recoveries: 0, refused: 0, troubles: 0 };
  for (const seed of seeds(schedules)) {
    const found = randomCourse(seed, Replica);
    if (found.violation !== undefined)
      assert.fail([`seed ${seed}:`, ...story(shortest(found, Replica))].join('\n'));
    sum.steps += found.steps.length;
    sum.commits += found.commits;
    sum.crashes += found.crashes;
    sum.recoveries += found.recoveries;
    sum.refused += found.refused ? 1 : 0;
    sum.troubles += found.steps.filter(isTrouble).length;
  }
  t.diagnostic(
    `seeds ${firstSeed} to ${firstSeed + schedules - 1}: ${sum.steps} steps, ${sum.commits} commits, ${sum.crashes} crashes, ${sum.troubles} faults, ${sum.recoveries} lost ledgers recovered, ${sum.refused} refused`,
  );
  // Without these, all would be well because nothing happened.
  assert.ok(sum.commits > schedules, 'at least one update is committed in a schedule');
  assert.ok(sum.crashes > schedules / 2, 'a branch is killed in every other schedule');
});

test('a seed is the same schedule every time', () => {
  for (const seed of seeds(50))
    assert.deepEqual(randomCourse(seed, Replica), randomCourse(seed, Replica));
});

test('the steps of a schedule can be run again without its seed', () => {
  for (const seed of seeds(50)) {
    const first = randomCourse(seed, Replica);
    assert.deepEqual(course(first.plan, first.steps, Replica), first);
  }
});

const isTrouble = (action: Course['steps'][number]): boolean =>
  action.do === 'drop' ||
  action.do === 'duplicate' ||
  action.do === 'leap' ||
  action.do === 'give up' ||
  'crashAfter' in action;
