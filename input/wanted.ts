import type { Part } from './document.ts';
import type { Spot } from './flaw.ts';

/**
 * The parts of a value whose places are wanted, as a tree of its own: a parser walks down both at
 * once, writes the places in, and takes no notice of all that is not wanted.
 */
export class Wanted {
  key: Spot | undefined;
  value: Spot | undefined;
  private readonly children = new Map<string | number, Wanted>();

  child(step: string | number): Wanted | undefined {
    return this.children.get(step);
  }

  /** The child, made if it is not there yet. */
  want(step: string | number): Wanted {
    const child = this.children.get(step) ?? new Wanted();
    this.children.set(step, child);
    return child;
  }
}

export function wantedTree(parts: readonly Part[]): Wanted {
  const tree = new Wanted();
  for (const { path } of parts) path.reduce<Wanted>((node, step) => node.want(step), tree);
  return tree;
}

/** The place of a part, once the parser was there. */
export function foundSpot(tree: Wanted, { path, part }: Part): Spot {
  const node = path.reduce<Wanted | undefined>((node, step) => node?.child(step), tree);
  const spot = part === 'key' ? node?.key : node?.value;
  if (spot === undefined) throw new Error(`no place was found for ${path.join('/')} (${part})`);
  return spot;
}
