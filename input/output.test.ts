import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOutput } from './output.ts';

const right: readonly { title: string; recv: readonly unknown[] }[] = [
  { title: 'no events', recv: [] },
  { title: 'a balance of 0', recv: [{ interface: 'query', balance: 0 }] },
  { title: 'a query without an answer', recv: [{ interface: 'query', result: 'unknown' }] },
  { title: 'a deposit', recv: [{ interface: 'deposit', result: 'success' }] },
  { title: 'an overdraft', recv: [{ interface: 'withdraw', result: 'fail' }] },
  { title: 'an unknown outcome', recv: [{ interface: 'deposit', result: 'unknown' }] },
  {
    title: 'a missing branch',
    recv: [{ interface: 'deposit', result: 'fail', reason: 'branch-missing' }],
  },
];

for (const { title, recv } of right) {
  test(`an output may have ${title}`, () => {
    assert.equal(checkOutput([{ id: 1, recv }]), undefined);
  });
}

const wrong: readonly { title: string; output: unknown; error: RegExp }[] = [
  { title: 'no list', output: {}, error: /^the output is not a list$/ },
  { title: 'an entry that is none', output: [null], error: /^entry 1 of the output: type/ },
  {
    title: 'an entry without recv',
    output: [{ id: 1, recv: [] }, { id: 2 }],
    error: /^entry 2 of the output: required \{"missingProperty":"recv"\}$/,
  },
  {
    title: 'another key in an entry',
    output: [{ id: 1, recv: [], balance: 4 }],
    error: /^entry 1 of the output: additionalProperties/,
  },
  ...[
    { title: 'a query without a balance', answer: { interface: 'query' } },
    {
      title: 'a query with balance and result',
      answer: { interface: 'query', balance: 1, result: 'unknown' },
    },
    { title: 'a query that failed', answer: { interface: 'query', result: 'fail' } },
    { title: 'a negative balance', answer: { interface: 'query', balance: -1 } },
    { title: 'a balance as text', answer: { interface: 'query', balance: '400' } },
    { title: 'a deposit with a balance', answer: { interface: 'deposit', balance: 1 } },
    { title: 'a deposit without a result', answer: { interface: 'deposit' } },
    {
      title: 'a reason for a success',
      answer: { interface: 'deposit', result: 'success', reason: 'branch-missing' },
    },
    {
      title: 'a reason that the bank decided',
      answer: { interface: 'withdraw', result: 'fail', reason: 'overdraft' },
    },
    { title: 'an interface between branches', answer: { interface: 'decide', result: 'success' } },
    { title: 'an answer that is none', answer: 400 },
  ].map(({ title, answer }) => ({
    title,
    output: [{ id: 1, recv: [{ interface: 'query', balance: 1 }, answer] }],
    error: /^entry 1 of the output: answer 2: ./,
  })),
];

for (const { title, output, error } of wrong) {
  test(`an output may not have ${title}`, () => {
    assert.match(checkOutput(output) ?? 'nothing is wrong', error);
  });
}
