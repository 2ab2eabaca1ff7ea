import type { BranchAddress } from '../bank/topology.ts';
import type { EngineFailure } from './engine.ts';
import type { ClusterNode } from './node.ts';
import { nodeFor, type Placement } from './placement.ts';

/** What places for branches are asked of. */
type Host = Pick<ClusterNode, 'name' | 'address' | 'isUp' | 'ports'>;

/**
 * Gives the branches of a lost node new places on the others, which are told ports that are free.
 * @returns the new addresses, or why there are none
 */
export async function moveBranches(
  lost: string,
  nodes: readonly Host[],
  placement: Placement,
): Promise<readonly BranchAddress[] | EngineFailure> {
  const moved: BranchAddress[] = [];
  for (;;) {
    const left = placement.on(lost);
    if (left.length === 0) return moved;
    const up = nodes.filter(({ isUp }) => isUp);
    if (up.length === 0) return nothingLeft(lost, left);
    const shares = up.map((node) => left.filter((_, position) => nodeFor(position, up) === node));
    // A node that is lost meanwhile gives no ports, and its share is shared again.
    const moves = await Promise.all(
      up.map((node, index) => moveTo(node, shares[index] ?? [], placement)),
    );
    moved.push(...moves.flat());
  }
}

async function moveTo(
  node: Host,
  branches: readonly BranchAddress[],
  placement: Placement,
): Promise<BranchAddress[]> {
  const ports = await node.ports(branches.length);
  return ports.flatMap((port, position) => {
    const branch = branches[position];
    if (branch === undefined) return [];
    return placement.move(branch.id, { node: node.name, target: targetAt(node.address, port) });
  });
}

/** IPv6 addresses stand in brackets. */
export const targetAt = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function nothingLeft(node: string, branches: readonly BranchAddress[]): EngineFailure {
  const names = branches.map(({ process }) => process).join(', ');
  return {
    reason: 'engine-lost',
    message: `${node} was lost with ${names}, and the job has no other node left to start them on`,
  };
}
