import type { HistoryRecord } from '../../bank/history.ts';
import type { Chain, ChainLink } from '../data.ts';
import { describe, phaseOf, phases } from './phases.ts';

interface Here {
  readonly at: number;
  readonly lane: number;
  readonly line: number;
}

/** A record on the way of a process, with what came before it. */
interface Step extends Here {
  readonly record: HistoryRecord;
  readonly before: Step | Origin;
  /** How many steps there are since the origin. */
  readonly length: number;
}

/** Where a way begins. A long way begins anew, with the sums of what it leaves behind. */
interface Origin extends Here {
  readonly length: 0;
  readonly behind: readonly Spent[];
}

interface Spent {
  took: number;
  links: number;
}

/**
 * Follows, for every process, the longest way that led to its latest record: of all that had to
 * come before a record, it is what came last. The way to the last record is the critical chain.
 */
export class CriticalChain {
  readonly #latest = new Map<string, Step | Origin>();
  readonly #sent = new Map<string, Step | Origin>();
  readonly #linksMost: number;
  readonly #openMost: number;
  #last: Step | Origin | undefined;

  constructor(linksMost: number, openMost: number) {
    this.#linksMost = linksMost;
    this.#openMost = openMost;
  }

  add(record: HistoryRecord, { at, lane, line }: Here): void {
    const found = this.#before(record);
    const before = found && this.#shortened(found);
    const step = before
      ? { at, lane, line, record, before, length: before.length + 1 }
      : origin({ at, lane, line }, noSums());
    this.#latest.set(record.process, step);
    this.#last = step;
    this.#remember(record, step);
  }

  chain(): Chain {
    if (!this.#last) return { phases: [], links: [], length: 0 };
    const spent = spentUntil(this.#last);
    const length = spent.reduce((sum, { links }) => sum + links, 0);
    return {
      phases: phases
        .map((phase, index) => ({ phase, took: 0, links: 0, ...spent[index] }))
        .filter(({ links }) => links > 0),
      links: length === this.#last.length ? linksUntil(this.#last) : [],
      length,
    };
  }

  /** The latest of the process's own last record and what this record answers to. */
  #before(record: HistoryRecord): Step | Origin | undefined {
    const own = this.#latest.get(record.process);
    const other = this.#cause(record);
    if (!own || !other) return own ?? other ?? this.#last;
    return other.at > own.at ? other : own;
  }

  /** What another process did that this record answers to. */
  #cause(record: HistoryRecord): Step | Origin | undefined {
    const { kind } = record;
    if (kind === 'receive') return this.#sent.get(`call ${record.message}`);
    if (kind === 'return') return this.#sent.get(`reply ${record.message}`);
    if (kind === 'online' || kind === 'ready' || kind === 'exit' || kind === 'settled')
      return this.#latest.get(record.subject);
    return undefined;
  }

  #remember(record: HistoryRecord, step: Step | Origin): void {
    if (record.kind === 'start' || record.kind === 'restart')
      this.#latest.set(record.subject, step);
    if (record.kind === 'return') {
      this.#sent.delete(`call ${record.message}`);
      this.#sent.delete(`reply ${record.message}`);
    }
    if (record.kind !== 'call' && record.kind !== 'reply') return;
    this.#sent.set(`${record.kind} ${record.message}`, step);
    if (this.#sent.size <= this.#openMost) return;
    const [oldest] = this.#sent.keys();
    if (oldest !== undefined) this.#sent.delete(oldest);
  }

  /** A way beyond the limit is cut here, so that memory holds no more than that of it. */
  #shortened(step: Step | Origin): Step | Origin {
    return step.length < this.#linksMost ? step : origin(step, spentUntil(step));
  }
}

const noSums = (): Spent[] => phases.map(() => ({ took: 0, links: 0 }));

const origin = ({ at, lane, line }: Here, behind: readonly Spent[]): Origin => ({
  at,
  lane,
  line,
  length: 0,
  behind,
});

/** Two processes may stamp in an order that their clocks contradict by a microsecond. */
const tookOf = (step: Step): number => Math.max(0, step.at - step.before.at);

/** The time and the links of each phase on the whole way. */
function spentUntil(last: Step | Origin): Spent[] {
  const sums = noSums();
  let step = last;
  for (; 'before' in step; step = step.before) {
    const sum = sums[phases.indexOf(phaseOf(step.record))];
    if (!sum) continue;
    sum.took += tookOf(step);
    sum.links += 1;
  }
  return step.behind.map(({ took, links }, index) => ({
    took: took + (sums[index]?.took ?? 0),
    links: links + (sums[index]?.links ?? 0),
  }));
}

function linksUntil(last: Step | Origin): ChainLink[] {
  const links: ChainLink[] = [];
  for (let step = last; 'before' in step; step = step.before) {
    links.push({
      phase: phaseOf(step.record),
      text: describe(step.record),
      fromLane: step.before.lane,
      toLane: step.lane,
      from: step.before.at,
      to: step.at,
      line: step.line,
    });
  }
  return links.toReversed();
}
