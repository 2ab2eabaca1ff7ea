/** Where each branch is: on which node, at which address, and in which incarnation. */
import type { BranchAddress } from '../bank/topology.ts';
import { addressOf, type PlannedBranch } from './plan.ts';

/** Things in their order, one after another to each of these nodes in turn. */
export const nodeFor = <Node>(position: number, nodes: readonly Node[]): Node => {
  const node = nodes[position % nodes.length];
  if (node === undefined) throw new Error('there is no node to place anything on');
  return node;
};

export class Placement {
  private readonly current = new Map<number, BranchAddress>();
  /** The node that a branch was lost with the last time. */
  private readonly lostWith = new Map<number, string>();

  constructor(branches: readonly PlannedBranch[]) {
    for (const branch of branches) this.current.set(branch.id, addressOf(branch));
  }

  get addresses(): readonly BranchAddress[] {
    return [...this.current.values()];
  }

  /** Undefined if there is no such branch. */
  of(id: number): BranchAddress | undefined {
    return this.current.get(id);
  }

  /** "10.0.0.3:41000 on node-3, since node-2 was lost" */
  describe({ id, target, node }: BranchAddress): string {
    const lost = this.lostWith.get(id);
    return `${target} on ${node}${lost === undefined ? '' : `, since ${lost} was lost`}`;
  }

  on(node: string): readonly BranchAddress[] {
    return this.addresses.filter((address) => address.node === node);
  }

  /** The branch is to be at this address from now on, as a new incarnation. */
  move(id: number, place: { readonly node: string; readonly target: string }): BranchAddress {
    const before = this.current.get(id);
    if (before === undefined) throw new Error(`there is no branch ${id} to move`);
    const moved = { ...before, ...place, incarnation: (before.incarnation ?? 1) + 1 };
    this.current.set(id, moved);
    if (before.node !== undefined) this.lostWith.set(id, before.node);
    return moved;
  }
}
