import { limits } from './limits.ts';

/**
 * The first few of many problems, and how many more there are: a hopeless file costs no memory, and
 * a run that went wrong throughout no endless reading.
 */
export class FirstFew<Item> {
  readonly items: Item[] = [];
  /** How many were left out. */
  more = 0;

  add(item: Item): void {
    if (this.items.length < limits.problemsShown) this.items.push(item);
    else this.more += 1;
  }

  get count(): number {
    return this.items.length + this.more;
  }

  /** There are so many that looking for more helps nobody. */
  get isEnough(): boolean {
    return this.count >= limits.problemsCounted;
  }
}
