import { limits } from '../bank/limits.ts';

/** A stretch of a text, in UTF-16 units from its beginning; `end` is the first unit behind it. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** Something wrong at a known place of a text. */
export interface Flaw extends Spot {
  readonly message: string;
  readonly advice: string;
}

/** The first few of many problems, and how many more there are: a hopeless file costs no memory. */
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
