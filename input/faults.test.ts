import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Scenario } from '../bank/scenario.ts';
import { inShort, readText, testWrongTexts } from '../test/input-text.ts';
import { scratchFolder } from '../test/scratch.ts';
import { readFaults } from './read.ts';

const processes = [
  { id: 1, type: 'branch', balance: 400 },
  { id: 2, type: 'branch', balance: 400 },
  { id: 1, type: 'customer', events: [{ id: 1, interface: 'deposit', money: 5 }] },
];

/** Two branches, one customer with one event, and a fault on the third line. */
const withFault = (fault: string): string =>
  `{\n  "processes": ${JSON.stringify(processes)},\n  "faults": [${fault}]\n}`;

testWrongTexts('input.json', [
  {
    title: 'a fault that is no object',
    text: withFault('5'),
    says: ['3:14 5 | fault 1 must be an object, not 5 | Write an object, { ... }.'],
  },
  {
    title: 'a fault without a name',
    text: withFault('{ "branch": 1 }'),
    says: ['3:14 { "branch": 1 } | fault 1: fault is missing | Add "fault": "kill-branch".'],
  },
  {
    title: 'a misspelt fault, and more that is wrong',
    text: withFault('{ "fault": "kill-brnch", "branch": 1, "when": "after-record" }'),
    says: [
      '3:14 { "fault": "kill-brnch", "branch": 1, "when": "after-record" } | fault 1: update is missing | Add "update": 1, for the first time that the moment comes.',
      '3:25 "kill-brnch" | fault 1: unknown fault "kill-brnch" | Did you mean "kill-branch"?',
    ],
  },
  {
    title: 'a moment that nobody knows',
    text: withFault('{ "fault": "kill-branch", "branch": 1, "when": "later", "update": 1 }'),
    says: [
      '3:61 "later" | fault 1: unknown when "later" | Write "before-record", "after-record", "before-acknowledge", "after-acknowledge", "before-decide" or "after-decide".',
    ],
  },
  {
    title: 'an update of 0',
    text: withFault('{ "fault": "kill-branch", "branch": 1, "when": "after-record", "update": 0 }'),
    says: [
      '3:87 0 | fault 1: update must be at least 1, not 0 | Write a whole number of at least 1.',
    ],
  },
  {
    title: 'a key of another fault',
    text: withFault(
      '{ "fault": "kill-branch", "branch": 1, "when": "after-record", "update": 1, "delayMs": 5 }',
    ),
    says: [
      '3:90 "delayMs" | fault 1: unknown key "delayMs" | Remove it; the keys here are fault, branch, when and update.',
    ],
  },
  {
    title: 'a branch that is not there',
    text: withFault('{ "fault": "kill-branch", "branch": 9, "when": "after-record", "update": 1 }'),
    says: ['3:50 9 | fault 1: there is no branch 9 | Write the id of a branch: 1 or 2.'],
  },
  {
    title: 'a message without an interface',
    text: withFault('{ "fault": "drop-message", "from": 1, "to": 2, "message": 1 }'),
    says: [
      '3:14 { "fault": "drop-message", "from": 1, "to": 2, "message": 1 } | fault 1: interface is missing | Add "interface": "propagate_deposit", or another one between branches.',
    ],
  },
  {
    title: 'a message from a branch to itself',
    text: withFault(
      '{ "fault": "drop-message", "interface": "ask", "from": 2, "to": 2, "message": 1 }',
    ),
    says: ['3:78 2 | fault 1: branch 2 sends no messages to itself | Name two different branches.'],
  },
  {
    title: 'a message between branches that are not there',
    text: withFault(
      '{ "fault": "drop-message", "interface": "ask", "from": 8, "to": 9, "message": 1 }',
    ),
    says: [
      '3:69 8 | fault 1: there is no branch 8 | Write the id of a branch: 1 or 2.',
      '3:78 9 | fault 1: there is no branch 9 | Write the id of a branch: 1 or 2.',
    ],
  },
  {
    title: 'a part that nobody knows',
    text: withFault(
      '{ "fault": "drop-message", "interface": "ask", "from": 1, "to": 2, "message": 1, "part": "reply" }',
    ),
    says: ['3:103 "reply" | fault 1: unknown part "reply" | Write "request" or "answer".'],
  },
  {
    title: 'a delay beyond a minute',
    text: withFault(
      '{ "fault": "delay-message", "interface": "ask", "from": 1, "to": 2, "message": 1, "delayMs": 60001 }',
    ),
    says: [
      '3:107 60001 | fault 1: delayMs is larger than 60,000 | Write a whole number up to 60000.',
    ],
  },
  {
    title: 'a customer entry that is not there',
    text: withFault('{ "fault": "kill-customer", "entry": 2, "event": 1 }'),
    says: ['3:51 2 | fault 1: there is no customer entry 2 | The input has 1 customer entry.'],
  },
  {
    title: 'an event that is not there',
    text: withFault('{ "fault": "kill-customer", "entry": 1, "event": 2 }'),
    says: [
      '3:63 2 | fault 1: customer entry 1 has no event number 2 | It has 1 event; they are counted from 1.',
    ],
  },
]);

const scenario: Scenario = {
  branches: [
    { id: 1, balance: 400 },
    { id: 2, balance: 400 },
  ],
  visits: [{ entry: 1, customer: 1, events: [{ id: 1, interface: 'query' }] }],
  faults: [],
};

test('every fault is read as it is written, in the object form and in a file of its own', async (t) => {
  const atUpdate = { branch: 1, when: 'after-record', update: 1 };
  const onMessage = { interface: 'propagate_deposit', from: 1, to: 2, message: 1 };
  const faults = [
    { fault: 'kill-branch', ...atUpdate },
    { fault: 'pause-branch', ...atUpdate, resumeAfterMs: 60_000 },
    { fault: 'keep-branch-down', ...atUpdate, updates: 2 },
    { fault: 'drop-message', ...onMessage },
    { fault: 'drop-message', ...onMessage, part: 'answer' },
    { fault: 'delay-message', ...onMessage, delayMs: 60_000 },
    { fault: 'duplicate-message', ...onMessage, part: 'request' },
    { fault: 'kill-customer', entry: 1, event: 1 },
    { fault: 'kill-daemon', entry: 1, event: 1 },
    { fault: 'kill-supervisor', entry: 1, event: 1 },
  ];
  const inside = await readText(t, JSON.stringify({ processes, faults }), 'input.json');
  assert.ok(inside.ok, inShort(inside).join('\n'));
  assert.deepEqual(inside.value.faults, faults);
  const file = path.join(scratchFolder(t), 'faults.json');
  fs.writeFileSync(file, JSON.stringify(faults));
  const beside = await readFaults({ path: file, name: 'faults.json' }, scenario);
  assert.ok(beside.ok, inShort(beside).join('\n'));
  assert.deepEqual(beside.value, faults);
});

const wrongFiles = [
  {
    title: 'an object',
    text: '{ "faults": [] }',
    says: '1:1 { "faults": [] } | a file of faults holds a list, not an object | Write [ { "fault": "kill-branch", "branch": 1, "when": "after-record", "update": 1 } ].',
  },
  {
    title: 'a fault that is not of the scenario',
    text: '[{ "fault": "kill-customer", "entry": 2, "event": 1 }]',
    says: '1:39 2 | fault 1: there is no customer entry 2 | The input has 1 customer entry.',
  },
  {
    title: 'a fault that is not complete',
    text: '[{ "fault": "kill-customer", "event": 1 }]',
    says: '1:2 { "fault": "kill-customer", "event": 1 } | fault 1: entry is missing | Add "entry": 1, the place of the customer among the customers of the file.',
  },
];

for (const { title, text, says } of wrongFiles) {
  test(`a file of faults: ${title}`, async (t) => {
    const file = path.join(scratchFolder(t), 'faults.json');
    fs.writeFileSync(file, text);
    const read = await readFaults({ path: file, name: 'faults.json' }, scenario);
    assert.deepEqual(inShort(read), [says]);
  });
}
