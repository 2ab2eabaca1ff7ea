import type { Report } from './account-check.ts';
import type { Recorded } from './replica.ts';
import type { Slot } from './slots.ts';

/** What a branch wrote about an update, at the version that the update had. */
interface Note<Kind extends 'decide' | 'drop'> {
  readonly record: Recorded<Kind>;
  readonly line: number;
  readonly version: number;
}

/**
 * What became of updates at their origins, and who dropped them. Updates are decided once, and one
 * that is committed is dropped nowhere. Notes are forgotten when their version is settled.
 */
export class Fates {
  readonly #report: Report;
  readonly #decided = new Map<string, Note<'decide'>>();
  readonly #dropped = new Map<string, Note<'drop'>>();

  constructor(report: Report) {
    this.#report = report;
  }

  committed(tx: string): boolean {
    return this.#decided.get(tx)?.record.decision === 'committed';
  }

  /** The line that aborts the update. */
  abortedAt(tx: string): number | undefined {
    const note = this.#decided.get(tx);
    return note?.record.decision === 'aborted' ? note.line : undefined;
  }

  /** `slot` is the version that the update leads to, when a replica has applied it. */
  decide(note: Note<'decide'>, slot: Slot | undefined): void {
    const { record, line } = note;
    const earlier = this.#decided.get(record.tx);
    const before = earlier?.record.decision ?? (slot?.decided ? 'committed' : undefined);
    if (before !== undefined && before !== record.decision)
      this.#report({
        kind: 'decided-twice',
        cause: 'unexplained',
        process: record.process,
        update: { tx: record.tx, version: note.version },
        observed: { result: record.decision },
        expected: { result: before },
        lines: [earlier?.line ?? slot?.line ?? line, line],
      });
    else if (record.decision === 'aborted' && slot)
      this.#report({
        kind: 'applied-though-aborted',
        cause: 'phantom',
        process: record.process,
        update: { tx: record.tx, version: slot.version, delta: slot.delta },
        observed: { tx: record.tx, version: slot.version },
        expected: { text: 'not applied' },
        lines: [slot.line, line],
      });
    this.#decided.set(record.tx, note);
    const drop = this.#dropped.get(record.tx);
    if (drop && record.decision === 'committed') this.#complainOfDrop(drop, line);
  }

  drop(note: Note<'drop'>, slot: Slot | undefined): void {
    const { tx } = note.record;
    this.#dropped.set(tx, note);
    const decided = this.#decided.get(tx);
    if (decided?.record.decision === 'committed') this.#complainOfDrop(note, decided.line);
    else if (slot) this.#complainOfDrop(note, slot.line);
  }

  /** Everything up to this version is settled. */
  forgetUntil(version: number): void {
    forget(this.#decided, version);
    forget(this.#dropped, version);
  }

  #complainOfDrop({ record, line, version }: Note<'drop'>, committedLine: number): void {
    this.#report({
      kind: 'dropped-though-committed',
      cause: 'lost',
      process: record.process,
      update: { tx: record.tx, version },
      observed: { tx: record.tx, text: 'dropped' },
      expected: { tx: record.tx, version, text: 'applied' },
      lines: [committedLine, line].toSorted((one, other) => one - other),
    });
  }
}

function forget(notes: Map<string, { readonly version: number }>, until: number): void {
  for (const [tx, { version }] of notes) if (version <= until) notes.delete(tx);
}
