import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageFault } from '../bank/faults.ts';
import { strikeMessage, type Result } from './message-faults.ts';

const message = { interface: 'propagate_deposit', from: 1, to: 2, message: 1 } as const;
const ok: Result = {
  ok: true,
  response: { response: { interface: 'propagate_deposit' }, clock: 1 },
};

const cases: readonly {
  readonly fault: MessageFault;
  readonly sent: number;
  readonly arrived: readonly string[];
}[] = [
  { fault: { fault: 'drop-message', ...message }, sent: 0, arrived: ['DEADLINE_EXCEEDED'] },
  {
    fault: { fault: 'drop-message', ...message, part: 'answer' },
    sent: 1,
    arrived: ['DEADLINE_EXCEEDED'],
  },
  { fault: { fault: 'delay-message', ...message, delayMs: 1 }, sent: 1, arrived: ['OK'] },
  {
    fault: { fault: 'delay-message', ...message, delayMs: 1, part: 'answer' },
    sent: 1,
    arrived: ['OK'],
  },
  {
    fault: { fault: 'delay-message', ...message, delayMs: 1_000, part: 'answer' },
    sent: 1,
    arrived: ['DEADLINE_EXCEEDED'],
  },
  { fault: { fault: 'duplicate-message', ...message }, sent: 2, arrived: ['OK'] },
  {
    fault: { fault: 'duplicate-message', ...message, part: 'answer' },
    sent: 1,
    arrived: ['OK', 'OK'],
  },
];

for (const { fault, sent, arrived } of cases) {
  const delay = 'delayMs' in fault ? ` by ${fault.delayMs} ms` : '';
  test(`${fault.fault} (${fault.part ?? 'request'})${delay}: sent ${sent} times, ${arrived.join(' and ')}`, async () => {
    let transmitted = 0;
    const transmit = (): Promise<Result> => {
      transmitted += 1;
      return Promise.resolve(ok);
    };
    const results = await strikeMessage(fault, transmit, Date.now() + 100);
    assert.equal(transmitted, sent);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'OK' : result.failure.status)),
      arrived,
    );
  });
}
