import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { inShort, readText } from '../test/input-text.ts';

const branch = { id: 1, type: 'branch', balance: 400 };
const customer = { id: 1, type: 'customer', events: [] };

test('a hopeless file shows its first problems and counts the others', async (t) => {
  const events = Array.from({ length: 1_000 }, (_, index) => ({ id: index, interface: 'pay' }));
  const text = JSON.stringify([branch, { ...customer, events }], null, 1);
  const read = await readText(t, text, 'input.json');
  assert.ok(!read.ok);
  assert.equal(read.problems.length, limits.problemsShown);
  assert.equal(read.more, 1_000 - limits.problemsShown);
  const lines = read.problems.map(({ place }) => place?.line ?? 0);
  assert.deepEqual(
    lines,
    lines.toSorted((a, b) => a - b),
  );
});

const repeat = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

test('in a file without hope counting ends', async (t) => {
  const events = repeat(20_000, () => ({ interface: 'pay' }));
  for (const text of [
    JSON.stringify([branch, { ...customer, events }]),
    `[${'+1,'.repeat(20_000)}]`,
  ]) {
    const read = await readText(t, text, 'input.json');
    assert.ok(!read.ok);
    const total = read.problems.length + read.more;
    assert.ok(total >= limits.problemsCounted && total < limits.problemsCounted + 10, `${total}`);
  }
});

const counts: readonly { title: string; file: unknown; says: string }[] = [
  {
    title: 'processes',
    file: repeat(limits.branches + limits.visits + 1, () => 0),
    says: '101,001 processes are more than one run takes | Split the file: a run takes at most 101,000 processes.',
  },
  {
    title: 'branches',
    file: repeat(limits.branches + 1, (id) => ({ ...branch, id })),
    says: '1,001 branches are more than one run takes | Split the file: a run takes at most 1,000 branches.',
  },
  {
    title: 'customer entries',
    file: [branch, ...repeat(limits.visits + 1, () => customer)],
    says: '100,001 customer entries are more than one run takes | Split the file: a run takes at most 100,000 customer entries.',
  },
  {
    title: 'faults',
    file: { processes: [branch], faults: repeat(limits.faults + 1, () => ({})) },
    says: '1,001 faults are more than one run takes | Split the file: a run takes at most 1,000 faults.',
  },
];

for (const { title, file, says } of counts) {
  test(`there may not be too many ${title}`, async (t) => {
    const read = await readText(t, JSON.stringify(file), 'input.json');
    assert.equal(inShort(read).length, 1);
    assert.ok(inShort(read)[0]?.endsWith(says), inShort(read)[0]);
  });
}

test('there may not be too many events, also if aliases repeat them', async (t) => {
  const events = repeat(20_400, (id) => `{ id: ${id}, interface: query }`).join(', ');
  const text = [
    '- { id: 1, type: branch, balance: 400 }',
    `- &visit { id: 1, type: customer, events: [${events}] }`,
    ...repeat(limits.yamlAliases, () => '- *visit'),
  ].join('\n');
  const read = await readText(t, text, 'input.yaml');
  assert.equal(
    read.ok ? 'ok' : read.problems[0]?.message,
    '2,060,400 events are more than one run takes',
  );
});

test('the most branches that a run takes are read', async (t) => {
  const file = repeat(limits.branches, (id) => ({ ...branch, id }));
  assert.ok((await readText(t, JSON.stringify(file), 'input.json')).ok);
});
