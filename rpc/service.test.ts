import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchService } from './service.ts';

function throughTheWire(balance: number): number | undefined {
  const { responseSerialize, responseDeserialize } = branchService.Query;
  return responseDeserialize(responseSerialize({ balance, version: 0, clock: 0 })).balance;
}

const balances = [0, 1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];

for (const balance of balances) {
  test(`a balance of ${balance} arrives as it was sent`, () => {
    assert.equal(throughTheWire(balance), balance);
  });
}

test('an amount beyond 2^53 - 1 arrives as a number that is not a safe integer', () => {
  const { requestDeserialize } = branchService.Deposit;
  const largest = Buffer.from([0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
  const onePast = Buffer.from([0x18, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]);
  for (const bytes of [largest, onePast])
    assert.equal(Number.isSafeInteger(requestDeserialize(bytes).money), false);
});

test('an answer without a balance is told from a balance of 0', () => {
  const { responseDeserialize } = branchService.Query;
  assert.equal(responseDeserialize(Buffer.alloc(0)).balance, undefined);
});
