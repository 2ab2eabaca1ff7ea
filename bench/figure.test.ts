import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Figure, median, ratio, reached, spread, takeTurns } from './figure.ts';
import { table } from './table.ts';

const medians = [
  { title: 'one value', values: [7], is: 7 },
  { title: 'an odd number of values', values: [9, 1, 5], is: 5 },
  { title: 'an even number of values', values: [9, 1, 5, 7], is: 6 },
];

for (const { title, values, is } of medians) {
  test(`the median of ${title} is ${is}`, () => assert.equal(median(values), is));
}

const figure: Figure = {
  title: 'runs',
  unit: 'ms',
  samples: [100, 110, 130],
  floor: [90, 100, 120],
};

test('a ratio is that of the medians, a spread half of the whole distance', () => {
  assert.equal(ratio(figure), 1.1);
  assert.equal(spread(figure.floor), 0.15);
});

const aims = [
  { title: 'a time below its aim', aim: { atMost: 1.2 }, is: true },
  { title: 'a time beyond its aim', aim: { atMost: 1.05 }, is: false },
  { title: 'a rate above its aim', aim: { atLeast: 0.9 }, is: true },
  { title: 'a rate below its aim', aim: { atLeast: 1.2 }, is: false },
];

for (const { title, aim, is } of aims) {
  test(`${title} is ${is ? 'reached' : 'missed, and the table says so'}`, () => {
    assert.equal(reached({ ...figure, aim }), is);
    assert.equal(table([{ ...figure, aim }]).includes('(!)'), !is);
  });
}

test('measurements take turns, every other round backwards', async () => {
  const order: string[] = [];
  const measure = (name: string) => () => Promise.resolve(order.push(name));
  const samples = await takeTurns(2, [measure('ours'), measure('floor')]);
  assert.deepEqual(order, ['ours', 'floor', 'floor', 'ours']);
  assert.deepEqual(samples, [
    [1, 4],
    [2, 3],
  ]);
});
