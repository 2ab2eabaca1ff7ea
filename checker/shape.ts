import type { HistoryRecord } from '../bank/history.ts';

type Shape = Readonly<Record<string, 'string' | 'number' | 'object'>>;

/** The fields without which a record of a kind means nothing to the checker. */
const shapes: Readonly<Record<HistoryRecord['kind'], Shape>> = {
  run: { runId: 'string', branches: 'object', visits: 'object' },
  start: { subject: 'string' },
  online: { subject: 'string' },
  ready: { subject: 'string' },
  exit: { subject: 'string' },
  restart: { subject: 'string' },
  stop: { subject: 'string' },
  fault: { subject: 'string' },
  settled: { subject: 'string', version: 'number', balance: 'number' },
  end: { exitCode: 'number' },
  call: { message: 'string', interface: 'string', to: 'string' },
  receive: { message: 'string', interface: 'string', from: 'string' },
  reply: { message: 'string', interface: 'string', to: 'string' },
  return: { message: 'string', interface: 'string', from: 'string' },
  outcome: { event: 'object', interface: 'string', result: 'string' },
  replay: { version: 'number', balance: 'number' },
  prepare: { tx: 'string', version: 'number', delta: 'number' },
  decide: { tx: 'string', decision: 'string' },
  apply: { tx: 'string', version: 'number', delta: 'number', balance: 'number' },
  drop: { tx: 'string' },
  refuse: {},
};

const lists: ReadonlyMap<string, readonly [string, Shape[string]][]> = new Map(
  Object.entries(shapes).map(([kind, shape]) => [kind, Object.entries(shape)]),
);

/**
 * Whether a parsed line is a record that can be checked. It looks only at what the checker needs,
 * since it runs on every line of millions; `schemas/history.schema.json` says all.
 */
export function isHistoryRecord(value: unknown): value is HistoryRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  if (typeof record['process'] !== 'string' || typeof record['mono'] !== 'number') return false;
  if (typeof record['kind'] !== 'string') return false;
  const fields = lists.get(record['kind']);
  if (fields === undefined) return false;
  for (const [name, type] of fields) {
    const field = record[name];
    if (typeof field !== type || field === null) return false;
  }
  return true;
}
