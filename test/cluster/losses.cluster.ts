/** A machine is lost while customers are at work: the run ends right, or says what is lost. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ended, Started } from '../rig.ts';
import { until } from '../until.ts';
import type { ClusterNode } from './configuration.ts';
import { answersIn, finalStates, historyOf, placesIn } from './record.ts';
import { ClusterWorld, goneWithinMs, needsMachines } from './world.ts';

const patienceMs = 120_000;
/** Long enough that nothing is on its way when a machine goes, most of the time. */
const paceMs = 300;
const shape = { branches: 6, customers: 6, deposits: 3 };

/** What customers are told if nothing is lost and nothing happens twice. */
const expected = Array.from({ length: shape.customers }, (_, index) => ({
  id: index + 1,
  recv: [
    ...Array.from({ length: shape.deposits }, () => ({ interface: 'deposit', result: 'success' })),
    { interface: 'query', balance: 400 + 10 * shape.deposits * (index + 1) },
  ],
}));

interface Loss {
  readonly title: string;
  /** Numbers of the nodes that are lost. */
  readonly nodes: readonly number[];
  readonly strike: (site: ClusterWorld, node: ClusterNode) => void;
  /** How many answers there are when it strikes: 4 a customer, and customer n is on node n or n - 3. */
  readonly afterAnswers: number;
}

const powerCut = (site: ClusterWorld, node: ClusterNode): void => site.cluster.powerCut(node);
const cutCable = (site: ClusterWorld, node: ClusterNode): void => site.cluster.cutCable(node);

const losses: readonly Loss[] = [
  { title: 'a node without power', nodes: [2], strike: powerCut, afterAnswers: 2 },
  { title: 'the node of the customer at work', nodes: [2], strike: powerCut, afterAnswers: 6 },
  { title: 'a node without a cable', nodes: [3], strike: cutCable, afterAnswers: 6 },
  { title: 'two of three nodes', nodes: [1, 3], strike: powerCut, afterAnswers: 6 },
];

for (const { title, nodes, strike, afterAnswers } of losses) {
  test(`the loss of ${title}`, needsMachines, async (t) => {
    const { site, run } = await startPaced(t);
    await untilAnswers(site, run, afterAnswers);
    const lost = nodes.map((number) => site.node(number));
    for (const node of lost) strike(site, node);
    assertRightOrRefused(site, await run.ended, lost);
    const living = site.cluster.nodes.filter((node) => !lost.includes(node));
    await site.untilNothingLeft(goneWithinMs, living);
  });
}

test(
  'a node that is cut off ends its own processes, and takes no part when it is back',
  needsMachines,
  async (t) => {
    const { site, run } = await startPaced(t);
    await untilAnswers(site, run, 6);
    const node = site.node(2);
    site.cluster.cutCable(node);
    await until(
      'the end of what is cut off',
      () => site.cluster.processesOn(node).length === 0 || undefined,
      patienceMs,
    );
    site.cluster.restoreCable(node);
    assertRightOrRefused(site, await run.ended, [node]);
    await site.untilNothingLeft(goneWithinMs);
  },
);

async function startPaced(t: TestContext): Promise<{ site: ClusterWorld; run: Started }> {
  const site = await ClusterWorld.start(t, 3);
  const input = site.world.scenario(shape);
  return { site, run: site.run([input, '-o', 'output.json', '--pace', String(paceMs)]) };
}

async function untilAnswers(site: ClusterWorld, run: Started, count: number): Promise<void> {
  const enough = (): boolean =>
    run.child.exitCode !== null || answersIn(historyOf(site.world)) >= count;
  await until(`${count} answers`, () => enough() || undefined, patienceMs);
}

function assertRightOrRefused(
  { world }: ClusterWorld,
  { code, stderr }: Ended,
  lost: readonly ClusterNode[],
): void {
  const history = historyOf(world);
  if (code === 0) {
    assert.deepEqual(JSON.parse(world.read('output.json')), expected);
    assert.equal(finalStates(history).length, 1);
    assert.equal(world.runRecord().outcome?.verdict, 'valid');
    const places = [...placesIn(history).values()];
    assert.ok(!lost.some(({ name }) => places.includes(name)), `still on ${places.join(' ')}`);
    return;
  }
  assert.equal(code, 69, stderr);
  for (const { name } of lost) assert.ok(stderr.includes(name), stderr);
  assert.match(stderr, /branch-\d/);
  assert.equal(world.exists('output.json'), false);
}
