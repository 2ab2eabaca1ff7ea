import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Answer, OutputEntry } from '../bank/answer.ts';
import type { Scenario } from '../bank/scenario.ts';
import { projectFolder } from '../test/project.ts';
import { checkOutput } from './output.ts';
import { describeProblem } from './problem.ts';
import { readScenario } from './read.ts';

const inputs = path.join(projectFolder, 'inputs');
const filesIn = (folder: string): string[] =>
  fs.readdirSync(path.join(inputs, folder)).filter((name) => /\.(json|yaml)$/.test(name));

for (const name of filesIn('')) {
  test(`inputs/${name} is valid, and the output beside it is what a bank would answer`, async () => {
    const read = await readScenario({ path: path.join(inputs, name), name });
    assert.ok(read.ok, JSON.stringify(read));
    const expected = path.join(inputs, 'expected', `${path.parse(name).name}.json`);
    const text = fs.readFileSync(expected, 'utf8');
    const entries: unknown = JSON.parse(text);
    assert.deepEqual(entries, served(read.value));
    assert.equal(checkOutput(entries), undefined);
    assert.equal(text.match(/^ {2}\{.*\},?$/gm)?.length ?? 0, read.value.visits.length);
  });
}

for (const name of filesIn('invalid')) {
  test(`inputs/invalid/${name} is refused with the words beside it`, async () => {
    const file = path.join(inputs, 'invalid', name);
    const read = await readScenario({ path: file, name: `inputs/invalid/${name}` });
    assert.ok(!read.ok);
    const words = read.problems.map((problem) => `${describeProblem(problem)}\n`).join('\n');
    assert.equal(words, fs.readFileSync(`${file}.txt`, 'utf8'));
  });
}

test('example.yaml says the same as example.json', async () => {
  const [json, yaml] = await Promise.all(
    ['example.json', 'example.yaml'].map((name) =>
      readScenario({ path: path.join(inputs, name), name }),
    ),
  );
  assert.ok(json?.ok && yaml?.ok);
  assert.deepEqual(yaml.value, json.value);
});

test('course.json has the shape of the course: 50 branches, 100 visits of 50 customers, 200 events', async () => {
  const read = await readScenario({ path: path.join(inputs, 'course.json'), name: 'course.json' });
  assert.ok(read.ok);
  const { branches, visits } = read.value;
  const ids = Array.from({ length: 50 }, (_, index) => index + 1);
  assert.deepEqual(
    branches.map(({ id }) => id),
    ids,
  );
  assert.deepEqual(
    visits.map(({ customer }) => customer),
    [...ids, ...ids],
  );
  assert.equal(visits.flatMap(({ events }) => events).length, 200);
});

/** One account and one event after the other: all that replicas may ever look like. */
function served({ branches, visits }: Scenario): OutputEntry[] {
  let balance = BigInt(branches[0]?.balance ?? 0);
  return visits.map(({ customer, events }) => ({
    id: customer,
    recv: events.map((event): Answer => {
      if (event.interface === 'query') return { interface: 'query', balance: Number(balance) };
      const change = event.interface === 'deposit' ? event.money : -event.money;
      const after = balance + BigInt(change);
      const allowed = after >= 0n && after <= BigInt(Number.MAX_SAFE_INTEGER);
      if (allowed) balance = after;
      return { interface: event.interface, result: allowed ? 'success' : 'fail' };
    }),
  }));
}
