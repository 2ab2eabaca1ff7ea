import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Request } from './protocol.ts';
import { openLetter, writeAnswer, type Opened } from './wire.ts';

const fellows = new Map([['branch-2', 2]]);
const addressee = { process: 'branch-1', runId: 'today', fellows };
const envelope = { run_id: 'today', sender: 'branch-2', message: 'branch-2/0/4', clock: 9 };
const event = { entry: 3, position: 2 };
const propagation = { envelope, event, money: 5, origin: 2, tx: '2.7', version: 8, prev_tx: '1.4' };

const requestOf = (opened: Opened): Request | string =>
  opened.ok ? opened.letter.request : opened.failure.status;

test('a letter of the run bears its sender and its event', () => {
  const opened = openLetter(addressee, 'Deposit', { envelope, event, money: 5 });
  assert.deepEqual(opened, {
    ok: true,
    letter: {
      request: { interface: 'deposit', money: 5, event },
      sender: { process: 'branch-2', message: 'branch-2/0/4', clock: 9 },
      event,
      signature: undefined,
    },
  });
});

test('a letter from outside has no sender, and no event', () => {
  const opened = openLetter(addressee, 'Withdraw', { event, money: 5 });
  const request = { interface: 'withdraw', money: 5 };
  assert.deepEqual(opened, {
    ok: true,
    letter: { request, sender: undefined, event: undefined, signature: undefined },
  });
});

const read = [
  {
    opened: openLetter(addressee, 'Propagate_Withdraw', propagation),
    request: {
      interface: 'propagate_withdraw',
      origin: 2,
      tx: '2.7',
      version: 8,
      prevTx: '1.4',
      money: 5,
      event,
    },
  },
  {
    opened: openLetter(addressee, 'Decide', { envelope, tx: '2.7', decision: 'ABORTED' }),
    request: { interface: 'decide', tx: '2.7', decision: 'aborted' },
  },
  {
    opened: openLetter(addressee, 'Ask', { envelope, tx: '1.2' }),
    request: { interface: 'ask', tx: '1.2' },
  },
  {
    opened: openLetter(addressee, 'Recover', {
      envelope,
      fences: [{ branch: 2, incarnation: 2 }],
    }),
    request: { interface: 'recover', fences: [{ branch: 2, incarnation: 2 }] },
  },
  { opened: openLetter(addressee, 'Query', {}), request: { interface: 'query' } },
  { opened: openLetter(addressee, 'Settle', { envelope }), request: { interface: 'settle' } },
];

for (const { opened, request } of read) {
  test(`${request.interface} is read`, () => assert.deepEqual(requestOf(opened), request));
}

const signed = (more: object): Opened =>
  openLetter(addressee, 'Ask', { envelope: { ...envelope, ...more }, tx: '1.2' });

test('a letter of a fellow says of which incarnation it is, and for which', () => {
  const signatures = [{}, { incarnation: 3, recipient: 2 }].map((more) => {
    const opened = signed(more);
    return opened.ok ? opened.letter.signature : opened.failure;
  });
  assert.deepEqual(signatures, [
    { branch: 2, incarnation: 1, to: 1 },
    { branch: 2, incarnation: 3, to: 2 },
  ]);
});

const other = { ...envelope, run_id: 'yesterday' };

const refused = [
  {
    title: 'another run',
    opened: openLetter(addressee, 'Query', { envelope: other }),
    status: 'FAILED_PRECONDITION',
    detail: 'branch-1 belongs to run today, Query to run yesterday',
  },
  {
    title: 'a propagation of no run',
    opened: openLetter(addressee, 'Propagate_Deposit', { ...propagation, envelope: undefined }),
    status: 'FAILED_PRECONDITION',
    detail: 'Propagate_Deposit is for processes of run today and names no run',
  },
  {
    title: 'a question of no fellow',
    opened: openLetter(addressee, 'Ask', {
      envelope: { ...envelope, sender: 'visit-1' },
      tx: '1.2',
    }),
    status: 'INVALID_ARGUMENT',
    detail: 'branch-1 cannot take Ask: it comes from visit-1, which is no fellow branch',
  },
  {
    title: 'money that is none',
    opened: openLetter(addressee, 'Deposit', { money: 0 }),
    status: 'INVALID_ARGUMENT',
    detail:
      'branch-1 cannot take Deposit: money is a whole number from 1 to 9007199254740991, not 0',
  },
  {
    title: 'a fractional identity',
    opened: openLetter(addressee, 'Ask', { envelope, tx: '1.2.3' }),
    status: 'INVALID_ARGUMENT',
    detail: 'branch-1 cannot take Ask: "1.2.3" is no update\'s identity',
  },
];

for (const { title, opened, status, detail } of refused) {
  test(`${title} is refused`, () => {
    assert.deepEqual(opened, { ok: false, failure: { status, detail } });
  });
}

const clock = 12;
const written = [
  {
    response: { interface: 'query', balance: 0, version: 0 },
    answer: { balance: 0, version: 0, clock },
  },
  {
    response: { interface: 'deposit', result: 'success', version: 3 },
    answer: { result: 'SUCCESS', reason: '', detail: '', version: 3, clock },
  },
  {
    response: { interface: 'withdraw', result: 'fail', reason: 'overdraft', detail: 'too much' },
    answer: { result: 'FAIL', reason: 'overdraft', detail: 'too much', clock },
  },
  {
    response: { interface: 'propagate_deposit' },
    answer: { result: 'SUCCESS', reason: '', clock },
  },
  { response: { interface: 'decide' }, answer: { clock } },
  {
    response: { interface: 'ask', decision: 'undecided' },
    answer: { decision: 'UNDECIDED', clock },
  },
] as const;

for (const { response, answer } of written) {
  test(`the answer to ${response.interface} is written`, () => {
    assert.deepEqual(writeAnswer(response, clock), answer);
  });
}
