import type { HistoryRecord } from '../bank/history.ts';

type Shape = Readonly<Record<string, 'string' | 'integer' | 'object'>>;

/** The fields without which a record of a kind means nothing to the checker. */
const shapes: Readonly<Record<HistoryRecord['kind'], Shape>> = {
  run: { runId: 'string', branches: 'object', visits: 'object' },
  start: { subject: 'string' },
  online: { subject: 'string' },
  ready: { subject: 'string' },
  exit: { subject: 'string' },
  restart: { subject: 'string' },
  stop: { subject: 'string' },
  lost: { subject: 'string' },
  fault: { subject: 'string' },
  settled: { subject: 'string', version: 'integer', balance: 'integer' },
  end: { exitCode: 'integer' },
  call: { message: 'string', interface: 'string', to: 'string' },
  receive: { message: 'string', interface: 'string', from: 'string' },
  reply: { message: 'string', interface: 'string', to: 'string' },
  return: { message: 'string', interface: 'string', from: 'string' },
  outcome: { event: 'object', interface: 'string', result: 'string' },
  replay: { version: 'integer', balance: 'integer' },
  recover: { version: 'integer', balance: 'integer' },
  prepare: { tx: 'string', version: 'integer', delta: 'integer' },
  decide: { tx: 'string', decision: 'string' },
  apply: { tx: 'string', version: 'integer', delta: 'integer', balance: 'integer' },
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
  if (record['event'] === null) return false;
  for (const [name, type] of fields) {
    if (!isOf(type, record[name])) return false;
  }
  return true;
}

function isOf(type: Shape[string], field: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(field);
  return typeof field === type && field !== null;
}
