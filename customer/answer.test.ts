import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, queryAnswer, updateAnswer } from './answer.ts';

const clock = 1;

test('a balance of 0 is an answer', () => {
  assert.deepEqual(queryAnswer({ ok: true, response: { balance: 0, version: 0, clock } }), {
    ok: true,
    response: { result: 'balance', balance: 0, version: 0 },
  });
});

const malformed = [
  { title: 'no balance', response: { version: 1, clock } },
  { title: 'a balance beyond 2^53 - 1', response: { balance: 2 ** 53, version: 1, clock } },
];

for (const { title, response } of malformed) {
  test(`${title} is no answer to a query`, () => {
    const answer = queryAnswer({ ok: true, response });
    assert.equal(answer.ok ? 'OK' : answer.failure.status, 'INTERNAL');
  });
}

const fail = { result: 'FAIL', reason: 'overdraft', detail: 'too much', clock } as const;

test('a refusal keeps its reason and its sentence', () => {
  assert.deepEqual(updateAnswer({ ok: true, response: fail }), {
    ok: true,
    response: { result: 'fail', reason: 'overdraft', detail: 'too much' },
  });
});

test('a reason that the bank does not know is dropped', () => {
  const answer = updateAnswer({ ok: true, response: { ...fail, reason: 'full moon' } });
  assert.equal(answer.ok && answer.response.reason, undefined);
});

test('a result that is none is no answer to an update', () => {
  const response = { ...fail, result: 'RESULT_UNSPECIFIED' } as const;
  const answer = updateAnswer({ ok: true, response });
  assert.equal(answer.ok ? 'OK' : answer.failure.status, 'INTERNAL');
});

const words = [
  { answer: { interface: 'query', result: 'balance', balance: 0 }, text: 'event 7 query: 0' },
  { answer: { interface: 'deposit', result: 'success' }, text: 'event 7 deposit: success' },
  {
    answer: { interface: 'withdraw', result: 'fail', reason: 'overdraft', detail: 'too much' },
    text: 'event 7 withdraw: fail (overdraft)',
  },
  {
    answer: { interface: 'query', result: 'unknown', detail: 'branch-1 did not answer' },
    text: 'event 7 query: unknown (branch-1 did not answer)',
  },
] as const;

for (const { answer, text } of words) {
  test(`in words: ${text}`, () => {
    assert.equal(inWords({ position: 1, id: 7, ...answer }), text);
  });
}
