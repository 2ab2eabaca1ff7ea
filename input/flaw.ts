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

/** Keeps the first few of many and counts the rest, so that a hopeless file costs no memory. */
export class FirstFew<Item> {
  readonly items: Item[] = [];
  /** How many were left out. */
  more = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  add(item: Item): void {
    if (this.items.length < this.most) this.items.push(item);
    else this.more += 1;
  }

  get count(): number {
    return this.items.length + this.more;
  }
}
