/** What a reader of a history may rely on, held against the file that real processes write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bank } from './bank.ts';
import { events } from './events.ts';

const rounds = 60;

test('in the file every call stands before its receipt, and every reply before its return', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const asked = Array.from({ length: rounds }, () => ['deposit 1', 'query']).flat();
  await Promise.all([bank.visit(1, 1, events(...asked)), bank.visit(2, 2, events(...asked))]);
  const lines = new Map<string, number>();
  let pairs = 0;
  for (const [line, record] of bank.history().entries()) {
    if (!('message' in record)) continue;
    const { kind, message } = record;
    lines.set(`${kind} ${message}`, line);
    const first = kind === 'receive' ? 'call' : kind === 'return' ? 'reply' : undefined;
    // The supervisor writes no calls.
    if (first === undefined || ('from' in record && record.from === 'supervisor')) continue;
    if ('outside' in record) continue;
    assert.ok(lines.has(`${first} ${message}`), `${kind} of ${message} stands before its ${first}`);
    pairs += 1;
  }
  assert.ok(pairs > rounds * 2 * 6, `only ${pairs} pairs`);
});
