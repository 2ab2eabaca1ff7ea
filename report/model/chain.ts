import type { HistoryRecord } from '../../bank/history.ts';
import type { Chain, ChainLink } from '../data.ts';
import { describe, phaseOf } from './phases.ts';

/** Where a process stood at its latest record, and what the way there was. */
interface Step {
  readonly at: number;
  readonly lane: number;
  readonly depth: number;
  /** Microseconds and links so far by phase, as a chain of its own would need both ends. */
  readonly spent: ReadonlyMap<string, Spent>;
  readonly link: LinkNode | undefined;
}

interface Spent {
  readonly took: number;
  readonly links: number;
}

interface LinkNode {
  readonly link: ChainLink;
  readonly before: LinkNode | undefined;
}

interface Here {
  readonly at: number;
  readonly lane: number;
  readonly line: number;
}

/**
 * Follows, for every process, the longest way that led to its latest record: of all that had to
 * come before a record, it is what came last. The way to the last record is the critical chain.
 */
export class CriticalChain {
  readonly #latest = new Map<string, Step>();
  readonly #sent = new Map<string, Step>();
  readonly #linksMost: number;
  readonly #openMost: number;
  #last: Step | undefined;

  constructor(linksMost: number, openMost: number) {
    this.#linksMost = linksMost;
    this.#openMost = openMost;
  }

  add(record: HistoryRecord, here: Here): void {
    const before = this.#before(record);
    const step = before ? this.#extend(before, record, here) : first(here);
    this.#latest.set(record.process, step);
    this.#last = step;
    this.#remember(record, step);
  }

  chain(): Chain {
    const last = this.#last;
    if (!last) return { phases: [], links: [], length: 0 };
    const phases = [...last.spent].map(([phase, spent]) => ({ phase, ...spent }));
    const whole = last.depth <= this.#linksMost;
    return { phases, links: whole ? linksOf(last.link) : [], length: last.depth };
  }

  /** The latest of the process's own last record and what this record answers to. */
  #before(record: HistoryRecord): Step | undefined {
    const own = this.#latest.get(record.process);
    const other = this.#cause(record);
    if (!own || !other) return own ?? other ?? this.#last;
    return other.at > own.at ? other : own;
  }

  /** What another process did that this record answers to. */
  #cause(record: HistoryRecord): Step | undefined {
    const { kind } = record;
    if (kind === 'receive') return this.#sent.get(`call ${record.message}`);
    if (kind === 'return') return this.#sent.get(`reply ${record.message}`);
    if (kind === 'online' || kind === 'ready' || kind === 'exit' || kind === 'settled')
      return this.#latest.get(record.subject);
    return undefined;
  }

  #remember(record: HistoryRecord, step: Step): void {
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

  #extend(before: Step, record: HistoryRecord, here: Here): Step {
    const phase = phaseOf(record);
    // Two processes may stamp in an order that their clocks contradict by a microsecond.
    const took = Math.max(0, here.at - before.at);
    const depth = before.depth + 1;
    const known = before.spent.get(phase);
    const spent = new Map(before.spent).set(phase, {
      took: (known?.took ?? 0) + took,
      links: (known?.links ?? 0) + 1,
    });
    if (depth > this.#linksMost) return { ...here, depth, spent, link: undefined };
    const link: ChainLink = {
      phase,
      text: describe(record),
      fromLane: before.lane,
      toLane: here.lane,
      from: before.at,
      to: here.at,
      line: here.line,
    };
    return { ...here, depth, spent, link: { link, before: before.link } };
  }
}

const first = (here: Here): Step => ({ ...here, depth: 0, spent: new Map(), link: undefined });

function linksOf(last: LinkNode | undefined): ChainLink[] {
  const links: ChainLink[] = [];
  for (let node = last; node; node = node.before) links.push(node.link);
  return links.toReversed();
}
