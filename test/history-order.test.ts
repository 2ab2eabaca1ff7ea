/** What a reader of a history may rely on, held against the file that real processes write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bank } from './bank.ts';
import { events } from './events.ts';

const rounds = 60;
const before: ReadonlyMap<string, string> = new Map([
  ['receive', 'call'],
  ['return', 'reply'],
]);

test('in the file every call stands before its receipt, and every reply before its return', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const asked = Array.from({ length: rounds }, () => ['deposit 1', 'query']).flat();
  await Promise.all([bank.visit(1, 1, events(...asked)), bank.visit(2, 2, events(...asked))]);
  const seen = new Set<string>();
  let pairs = 0;
  for (const record of bank.history()) {
    if (!('message' in record)) continue;
    const { kind, message } = record;
    seen.add(`${kind} ${message}`);
    const first = before.get(kind);
    if (first === undefined) continue;
    assert.ok(seen.has(`${first} ${message}`), `${kind} of ${message} stands before its ${first}`);
    pairs += 1;
  }
  assert.ok(pairs > rounds * 2 * 6, `only ${pairs} pairs`);
});
