import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, isDefinite } from './status.ts';

const cases = [
  { status: 'INVALID_ARGUMENT', definite: true },
  { status: 'FAILED_PRECONDITION', definite: true },
  { status: 'UNAUTHENTICATED', definite: true },
  { status: 'UNAVAILABLE', definite: false },
  { status: 'DEADLINE_EXCEEDED', definite: false },
  { status: 'UNKNOWN', definite: false },
] as const;

for (const { status, definite } of cases) {
  test(`${status} ${definite ? 'refuses for good' : 'leaves the outcome open'}`, () => {
    assert.equal(isDefinite({ status, detail: '' }), definite);
  });
}

test('a failure in words names branch, call and reason', () => {
  const failure = { status: 'UNAVAILABLE', detail: 'connection refused' } as const;
  assert.equal(
    describeFailure('branch-2', 'deposit', failure),
    'branch-2 did not answer deposit: UNAVAILABLE: connection refused',
  );
});
