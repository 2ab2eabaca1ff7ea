import { limits } from '../bank/limits.ts';
import type { Finding } from './verdict.ts';

/** Keeps the first violations of each kind, and counts the rest: a broken run breaks thousands. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #perKind = new Map<Finding['kind'], number>();
  #count = 0;

  readonly report = (finding: Finding, follows = false): void => {
    if (this.#found.some((earlier) => isSame(earlier, finding))) return;
    this.#count += 1;
    const ofKind = this.#perKind.get(finding.kind) ?? 0;
    if (follows || ofKind >= limits.violationsShown) return;
    this.#perKind.set(finding.kind, ofKind + 1);
    this.#found.push(finding);
  };

  /**
   * The first violations in the order of the file, each by the line that completes it. What is
   * missing at the end, and the states in which it leaves the replicas, often follow from others
   * and come last.
   */
  get first(): Finding[] {
    const inOrder = this.#found.toSorted(
      (one, other) => rankOf(one) - rankOf(other) || lastLine(one) - lastLine(other),
    );
    return inOrder.slice(0, limits.violationsShown);
  }

  get more(): number {
    return this.#count - this.first.length;
  }
}

/** Two checks found the same thing about the same event. */
function isSame(one: Finding, other: Finding): boolean {
  const event = one.operation?.event;
  const same = other.operation?.event;
  if (one.kind !== other.kind || event === undefined || same === undefined) return false;
  return event.entry === same.entry && event.position === same.position;
}

function rankOf({ kind }: Finding): number {
  if (kind === 'final-differs') return 2;
  return kind === 'not-applied' || kind === 'success-not-applied' ? 1 : 0;
}

function lastLine({ lines }: Finding): number {
  return Math.max(0, ...lines);
}
