import type { Latency } from '../data.ts';
import type { EndRecordOfCall } from './messages.ts';

/** Buckets grow by 1 %, so a percentile is within 0.5 % of the exact one, in constant memory. */
const growth = Math.log(1.01);

interface Tally {
  readonly buckets: Map<number, number>;
  samples: number;
  failures: number;
  min: number;
  max: number;
}

/** Counts how long each interface took from call to return, at the caller. */
export class Latencies {
  readonly #tallies = new Map<string, Tally>();
  readonly #called = new Map<string, { readonly interface: string; readonly at: number }>();
  readonly #openMost: number;

  constructor(openMost: number) {
    this.#openMost = openMost;
  }

  add(record: EndRecordOfCall, at: number): void {
    if (record.kind === 'call') this.#call(record.message, record.interface, at);
    if (record.kind !== 'return') return;
    const called = this.#called.get(record.message);
    this.#called.delete(record.message);
    const tally = this.#tally(record.interface);
    if (called && record.status === undefined) sample(tally, at - called.at);
    else tally.failures += 1;
  }

  /** In the order in which the interfaces first appeared. */
  all(): Latency[] {
    for (const { interface: name } of this.#called.values()) this.#tally(name).failures += 1;
    this.#called.clear();
    return [...this.#tallies].map(([name, tally]) => summary(name, tally));
  }

  /** Calls beyond `openMost` without a return will hardly get one: they count as failures. */
  #call(message: string, name: string, at: number): void {
    this.#tally(name);
    this.#called.set(message, { interface: name, at });
    if (this.#called.size <= this.#openMost) return;
    const [oldest] = this.#called;
    if (!oldest) return;
    this.#called.delete(oldest[0]);
    this.#tally(oldest[1].interface).failures += 1;
  }

  #tally(name: string): Tally {
    const known = this.#tallies.get(name);
    if (known) return known;
    const fresh = { buckets: new Map(), samples: 0, failures: 0, min: Infinity, max: 0 };
    this.#tallies.set(name, fresh);
    return fresh;
  }
}

function sample(tally: Tally, took: number): void {
  const bucket = Math.round(Math.log(Math.max(1, took)) / growth);
  tally.buckets.set(bucket, (tally.buckets.get(bucket) ?? 0) + 1);
  tally.samples += 1;
  tally.min = Math.min(tally.min, took);
  tally.max = Math.max(tally.max, took);
}

function summary(name: string, tally: Tally): Latency {
  const { samples, failures, max } = tally;
  const min = samples === 0 ? 0 : tally.min;
  const sorted = [...tally.buckets].toSorted(([a], [b]) => a - b);
  const percentile = (share: number): number => {
    let left = Math.ceil(samples * share);
    const found = sorted.find(([, count]) => (left -= count) <= 0);
    const value = found ? Math.round(Math.exp(found[0] * growth)) : 0;
    return Math.min(max, Math.max(min, value));
  };
  return {
    interface: name,
    samples,
    failures,
    min,
    p50: percentile(0.5),
    p90: percentile(0.9),
    p99: percentile(0.99),
    max,
  };
}
