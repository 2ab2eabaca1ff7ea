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
