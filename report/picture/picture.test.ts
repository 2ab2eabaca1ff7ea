import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleHistory } from '../../test/sample-history.ts';
import type { Sample } from '../../test/sample-history.ts';
import { ReportModel } from '../model/model.ts';
import { masksOf, noFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { hitAt } from './hit.ts';
import { pictureOf } from './picture.ts';
import type { Picture } from './picture.ts';
import { curvesOf, rangeAt, samplePlaces, valuesAt } from './sample.ts';
import { sceneOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { shapesMost, yOf } from './view.ts';
import type { View } from './view.ts';

function sceneFor(sample: Sample): Scene {
  let model: ReportModel | undefined;
  let line = 0;
  for (const record of sampleHistory(sample)) {
    line += 1;
    if (record.kind === 'run') model = new ReportModel(record);
    model?.add(record, line);
  }
  assert.ok(model);
  const lists = { violations: [], missing: [], checked: [], notChecked: [] };
  return sceneOf(
    model.finish({ verdict: 'valid', text: '', more: 0, command: '', ...lists }, 0),
    'folded',
  );
}

const visits = (count: number, customers: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + (index % customers));

const small = sceneFor({ branches: 3, visits: [1, 2, 3], eventsPerVisit: 3, crash: true });
const large = sceneFor({ branches: 100, visits: visits(100, 100), eventsPerVisit: 8 });

const whole = (scene: Scene): View => ({
  from: 0,
  to: scene.warp.length,
  width: 1_000,
  height: 600,
  top: 0,
  laneHeight: 600 / scene.data.lanes.length,
});

const draw = (scene: Scene, view: View, filter: Filter = noFilter): Picture =>
  pictureOf(scene, view, { masks: masksOf(scene, filter), collapse: false, chain: true });

test('a small run is drawn message by message', () => {
  const picture = draw(small, whole(small));
  assert.equal(picture.level, 'arrows');
  assert.equal(picture.arrows.length, small.messages.length * 2);
  assert.equal(picture.dots.length, small.marks.length);
});

test('the shapes of a view depend on the view, not on 100,000 messages', () => {
  assert.ok(large.messages.length > 99_000, `${large.messages.length} messages`);
  for (const zoom of [1, 10, 100, 1_000, 10_000]) {
    for (const laneHeight of [3, 6, 40]) {
      const { length } = large.warp;
      const view = {
        ...whole(large),
        laneHeight,
        from: length / 3,
        to: length / 3 + length / zoom,
      };
      for (const collapse of [true, false]) {
        const masks = masksOf(large, noFilter);
        const { shapes } = pictureOf(large, view, { masks, collapse, chain: true });
        assert.ok(shapes <= 4 * shapesMost(view), `${shapes} shapes at zoom ${zoom}`);
      }
    }
  }
});

test('zooming in leads from activity over fan-outs to single arrows', () => {
  const { length } = large.warp;
  const levels = [1, 20, 20_000].map((zoom) => {
    const view = { ...whole(large), from: length / 2, to: length / 2 + length / zoom };
    return draw(large, view).level;
  });
  assert.deepEqual(levels, ['activity', 'fans', 'arrows']);
});

test('a collapsed fan-out spans all fellow branches', () => {
  const masks = masksOf(small, noFilter);
  const collapsed = { masks, collapse: true, chain: false };
  const four = sceneFor({ branches: 4, visits: [1], eventsPerVisit: 2 });
  const picture = pictureOf(four, whole(four), { ...collapsed, masks: masksOf(four, noFilter) });
  assert.deepEqual(
    picture.fans.map(({ messages, lowLane, highLane }) => [messages, lowLane, highLane]),
    // Propagation and decision, each with its answers.
    Array.from({ length: 4 }, () => [3, 3, 5]),
  );
  // Two fellow branches are no crowd.
  assert.equal(pictureOf(small, whole(small), collapsed).fans.length, 0);
});

const filters: readonly {
  title: string;
  filter: Partial<Filter>;
  expected: (row: number) => boolean;
}[] = [
  {
    title: 'an interface',
    filter: { interface: 'query' },
    expected: (row) => nameAt(row) === 'query',
  },
  {
    title: 'a lane',
    filter: { lane: 5 },
    expected: (row) => small.messages.from[row] === 5 || small.messages.to[row] === 5,
  },
  {
    title: 'a word',
    filter: { search: 'PROPAGATE branch-3/' },
    expected: (row) =>
      (nameAt(row) ?? '').startsWith('propagate') && small.messages.from[row] === 6,
  },
  {
    title: 'the event of a visit, with the decisions that do not name it',
    filter: { event: '2.2' },
    expected: (row) =>
      (small.messages.entry[row] === 2 && small.messages.position[row] === 2) ||
      (nameAt(row) === 'decide' && txAt(row) === '2.3'),
  },
];

const nameAt = (row: number): string | undefined =>
  small.data.texts[small.messages.interface[row] ?? -1];
const txAt = (row: number): string | undefined =>
  small.data.texts[small.data.messages.tx[row] ?? -1];

for (const { title, filter, expected } of filters) {
  test(`filters show what belongs to ${title}, and only that`, () => {
    const masks = masksOf(small, { ...noFilter, ...filter });
    const shown = [...masks.messages].map((bit) => bit === 1);
    assert.deepEqual(
      shown,
      shown.map((_, row) => expected(row)),
    );
    assert.ok(masks.shown > 0);
  });
}

test('pointing at the middle of an arrow finds its message', () => {
  const view = whole(small);
  const picture = draw(small, view);
  for (const { message, x1, x2, fromLane, toLane } of picture.arrows.slice(0, 6)) {
    const y = (yOf(view, fromLane) + yOf(view, toLane)) / 2;
    const hit = hitAt(picture, view, (x1 + x2) / 2, y);
    assert.deepEqual(hit, { sort: 'message', row: message });
  }
});

test('balances are read exactly where they change, and by the pixel where that is too often', () => {
  const view = whole(small);
  const curves = curvesOf(small.data.balances, small.warp);
  const places = samplePlaces(curves, view);
  const [curve] = curves;
  assert.ok(curve);
  const changes = [...curve.positions].map((position) => places.indexOf(position));
  assert.ok(!changes.includes(-1));
  assert.equal(valuesAt(curve, places).at(-1), curve.balances.at(-1));
  const { low, high } = rangeAt(curves, places);
  assert.ok(low.some((value, index) => value !== high[index]));
  const many = samplePlaces(curvesOf(large.data.balances, large.warp), whole(large));
  assert.ok(many.length <= 1_000, `${many.length} places`);
});
