/** Gives every text a number, so that the tables hold each word once. */
export class Texts {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.all.length);
    return this.all.push(text) - 1;
  }

  /** For a field that a record may not have. */
  optional(text: string | undefined): number | undefined {
    return text === undefined ? undefined : this.number(text);
  }
}
