/** Where the ledgers of a run are while it goes on, and how they come into its folder. */
import { runFiles } from '../bank/topology.ts';
import type { EngineFailure } from './engine.ts';
import type { ClusterNode } from './node.ts';
import type { Placement } from './placement.ts';

/** What of a node takes part in it. */
type Host = Pick<ClusterNode, 'name' | 'isUp' | 'ledgers' | 'send' | 'flush'>;

/** In a folder that all nodes share, or each on the node of its branch. */
export class Ledgers {
  private readonly nodes: readonly Host[];
  private readonly placement: Placement;
  /** The shared folder of this run, if there is one. */
  private readonly shared: string | undefined;
  /** Why what comes from the nodes is not whole. */
  private spoilt: string | undefined;

  constructor(nodes: readonly Host[], placement: Placement, shared: string | undefined) {
    this.nodes = nodes;
    this.placement = placement;
    this.shared = shared;
  }

  /** Makes the shared folder, and has every node try to write there. */
  async open(): Promise<EngineFailure | undefined> {
    const { shared, nodes } = this;
    const [first, ...others] = nodes;
    if (shared === undefined || first === undefined) return undefined;
    const made = await first.ledgers(shared, 'make');
    if (made !== undefined) return cannotWrite(first, shared, made);
    const found = await Promise.all(
      others.map(async (node) => {
        const trouble = await node.ledgers(shared, 'find');
        return trouble && cannotWrite(node, shared, trouble);
      }),
    );
    const failure = found.find((trouble) => typeof trouble === 'object');
    if (failure !== undefined) await first.ledgers(shared, 'remove');
    return failure;
  }

  /** Something that a node wrote could not be written here: what is there is to be kept. */
  spoil(why: string): void {
    this.spoilt = why;
  }

  /**
   * Takes all ledgers into the run's folder when their branches have ended.
   * @returns what is to be told of shared ledgers that stay where they are
   */
  async bringHome(): Promise<string | undefined> {
    const { shared } = this;
    if (shared !== undefined) return this.bringShared(shared);
    await Promise.all(
      this.nodes.map(async (node) => {
        for (const { id } of this.placement.on(node.name))
          await node.send({ type: 'follow', file: runFiles.ledger(id), from: 0 });
        await node.flush();
      }),
    );
    return undefined;
  }

  private async bringShared(shared: string): Promise<string | undefined> {
    const kept = (why: string): string => `the ledgers of the run stay in ${shared}: ${why}`;
    const node = this.nodes.find(({ isUp }) => isUp);
    if (node === undefined) return kept('no node is left that could bring them here');
    for (const { id, incarnation: last = 1 } of this.placement.addresses)
      for (let incarnation = 1; incarnation <= last; incarnation += 1)
        await node.send({ type: 'follow', file: runFiles.ledgerOf(id, incarnation), from: 0 });
    if (!(await node.flush())) return kept(`${node.name} was lost before it had brought them here`);
    if (this.spoilt !== undefined) return kept(this.spoilt);
    const trouble = await node.ledgers(shared, 'remove');
    return trouble && kept(`${node.name} cannot remove them: ${trouble}`);
  }
}

const cannotWrite = ({ name }: Host, folder: string, why: string): EngineFailure => ({
  reason: 'ledgers-unusable',
  message: `${name} cannot keep ledgers in ${folder}: ${why}; --ledgers needs a folder that every node sees under the same path and may write to`,
});
