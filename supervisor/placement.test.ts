import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeFor, Placement } from './placement.ts';
import type { PlannedBranch } from './plan.ts';
import { moveBranches, targetAt } from './relocation.ts';

const branch = (id: number, node: string): PlannedBranch => ({
  id,
  node,
  process: `branch-${id}`,
  app: `branch-${id}.k3f9`,
  target: `10.0.0.${id}:41000`,
  balance: 400,
  standardOutput: '/no/such/log',
  standardError: '/no/such/log',
});

/** Branches 1 to 6 on three nodes, in turn. */
const placed = (): Placement =>
  new Placement(
    [1, 2, 3, 4, 5, 6].map((id) => branch(id, nodeFor(id - 1, ['node-1', 'node-2', 'node-3']))),
  );

const where = (placement: Placement): (readonly [number, string | undefined, number])[] =>
  placement.addresses.map(({ id, node, incarnation = 1 }) => [id, node, incarnation]);

/** A node that gives ports from 5000 on, as long as it is up. */
class GivingNode {
  readonly name: string;
  readonly address: string;
  isUp = true;
  private next = 5_000;

  constructor(number: number) {
    this.name = `node-${number}`;
    this.address = `10.0.0.${number}`;
  }

  async ports(count: number): Promise<readonly number[]> {
    if (!this.isUp) return [];
    return Array.from({ length: count }, () => (this.next += 1));
  }
}

test('branches of a lost node are spread over the others, each as a new incarnation', async () => {
  const placement = placed();
  const nodes = [new GivingNode(1), new GivingNode(3)];
  const moves = await moveBranches('node-2', nodes, placement);
  assert.ok(!('reason' in moves));
  assert.deepEqual(
    moves.map(({ id, target }) => [id, target]),
    [
      [2, '10.0.0.1:5001'],
      [5, '10.0.0.3:5001'],
    ],
  );
  assert.deepEqual(where(placement), [
    [1, 'node-1', 1],
    [2, 'node-1', 2],
    [3, 'node-3', 1],
    [4, 'node-1', 1],
    [5, 'node-3', 2],
    [6, 'node-3', 1],
  ]);
  const [second] = moves;
  assert.ok(second);
  assert.equal(placement.describe(second), '10.0.0.1:5001 on node-1, since node-2 was lost');
});

test('a node that is lost while it is asked for ports gets none of the branches', async () => {
  const placement = placed();
  const dying = new GivingNode(1);
  dying.ports = async () => {
    dying.isUp = false;
    return [];
  };
  const moves = await moveBranches('node-2', [dying, new GivingNode(3)], placement);
  assert.ok(!('reason' in moves));
  assert.deepEqual(
    moves.toSorted((one, other) => one.id - other.id).map(({ id, node }) => [id, node]),
    [
      [2, 'node-3'],
      [5, 'node-3'],
    ],
  );
});

test('where no node is left the lost one is named, with its branches', async () => {
  const moves = await moveBranches('node-2', [], placed());
  assert.ok('reason' in moves);
  assert.match(moves.message, /^node-2 was lost with branch-2, branch-5, and the job has no other/);
});

test('a branch that is lost twice is in its third incarnation', async () => {
  const placement = placed();
  await moveBranches('node-2', [new GivingNode(1), new GivingNode(3)], placement);
  await moveBranches('node-1', [new GivingNode(3)], placement);
  assert.equal(placement.of(2)?.incarnation, 3);
  assert.equal(placement.of(1)?.incarnation, 2);
  assert.equal(placement.of(7), undefined);
});

test('an address of IPv6 stands in brackets', () => {
  assert.equal(targetAt('fd00::2', 5000), '[fd00::2]:5000');
  assert.equal(targetAt('10.0.0.2', 5000), '10.0.0.2:5000');
});
