import { limits } from '../bank/limits.ts';
import type { Finding } from './verdict.ts';

/** Keeps the first violations of each kind, and counts the rest: a broken run breaks thousands. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #perKind = new Map<Finding['kind'], number>();
  #count = 0;

  readonly report = (finding: Finding, follows = false): void => {
    this.#count += 1;
    const ofKind = this.#perKind.get(finding.kind) ?? 0;
    if (follows || ofKind >= limits.violationsShown) return;
    this.#perKind.set(finding.kind, ofKind + 1);
    this.#found.push(finding);
  };

  /** The first violations in the order of the file, each by the line that completes it. */
  get first(): Finding[] {
    const inOrder = this.#found.toSorted((one, other) => lastLine(one) - lastLine(other));
    return inOrder.slice(0, limits.violationsShown);
  }

  get more(): number {
    return this.#count - this.first.length;
  }
}

function lastLine({ lines }: Finding): number {
  return Math.max(0, ...lines);
}
