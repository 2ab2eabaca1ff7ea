import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputEntry } from '../bank/answer.ts';
import { formatOutput, type OutputFormat } from './output-format.ts';

const entries: OutputEntry[] = [
  { id: 1, recv: [{ interface: 'query', balance: 0 }] },
  {
    id: 2,
    recv: [
      { interface: 'deposit', result: 'success' },
      { interface: 'withdraw', result: 'fail', reason: 'branch-missing' },
      { interface: 'query', result: 'unknown' },
    ],
  },
  { id: 3, recv: [] },
];

const expected: Record<OutputFormat, string> = {
  json: `[
  {"id": 1, "recv": [{"interface": "query", "balance": 0}]},
  {"id": 2, "recv": [{"interface": "deposit", "result": "success"}, {"interface": "withdraw", "result": "fail", "reason": "branch-missing"}, {"interface": "query", "result": "unknown"}]},
  {"id": 3, "recv": []}
]
`,
  lines: `{"id": 1, "recv": [{"interface": "query", "balance": 0}]}
{"id": 2, "recv": [{"interface": "deposit", "result": "success"}, {"interface": "withdraw", "result": "fail", "reason": "branch-missing"}, {"interface": "query", "result": "unknown"}]}
{"id": 3, "recv": []}
`,
  assignment: `{'id': 1, 'recv': [{'interface': 'query', 'result': 'balance': 0}]}
{'id': 2, 'recv': [{'interface': 'deposit', 'result': 'success'}, {'interface': 'withdraw', 'result': 'fail'}, {'interface': 'query', 'result': 'unknown'}]}
{'id': 3, 'recv': []}
`,
};

for (const [format, text] of Object.entries(expected) as [OutputFormat, string][]) {
  test(`--format ${format}`, () => assert.equal(formatOutput(entries, format), text));
}

test('no customers', () => {
  assert.equal(formatOutput([], 'json'), '[]\n');
  assert.equal(formatOutput([], 'lines'), '');
  assert.equal(formatOutput([], 'assignment'), '');
});
