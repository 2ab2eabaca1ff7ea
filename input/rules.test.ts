import { testWrongTexts } from '../test/input-text.ts';

/** A file with one branch, and one more process on its third line. */
const withProcess = (process: string): string =>
  `[\n  { "id": 1, "type": "branch", "balance": 400 },\n  ${process}\n]`;

testWrongTexts('input.json', [
  {
    title: 'no branch',
    text: '[{ "id": 1, "type": "customer", "events": [] }]',
    says: [
      '1:1 [{ "id": 1, "type": "customer", "events": [] }] | the list has no branch | Add one: { "id": 1, "type": "branch", "balance": 400 }.',
    ],
  },
  {
    title: 'a branch that is listed twice',
    text: withProcess('{ "id": 1, "type": "branch", "balance": 400 }'),
    says: [
      '3:11 1 | branch 1 is listed twice (the first: line 2) | Give each branch an id of its own.',
    ],
  },
  {
    title: 'a balance that differs from that of most branches',
    text: '[\n  { "id": 1, "type": "branch", "balance": 40 },\n  { "id": 2, "type": "branch", "balance": 400 },\n  { "id": 3, "type": "branch", "balance": 400 }\n]',
    says: [
      '2:43 40 | branch 1 starts with 40, but branch 2 with 400 (the first: line 3) | Write the same balance for every branch: 400.',
    ],
  },
  {
    title: 'two branches with different balances',
    text: withProcess('{ "id": 2, "type": "branch", "balance": 500 }'),
    says: [
      '3:43 500 | branch 2 starts with 500, but branch 1 with 400 (the first: line 2) | Write the same balance for every branch: 400.',
    ],
  },
  {
    title: 'a customer without a branch',
    text: withProcess('{ "id": 7, "type": "customer", "events": [] }'),
    says: [
      '3:11 7 | customer 7 has no branch: a customer talks to the branch with its own id | Add { "id": 7, "type": "branch", "balance": 400 }, or write the id of a branch: 1.',
    ],
  },
  {
    title: 'a customer without a branch, among many branches',
    text: '[{ "id": 1, "type": "branch", "balance": 5 }, { "id": 2, "type": "branch", "balance": 5 }, { "id": 3, "type": "branch", "balance": 5 }, { "id": 4, "type": "branch", "balance": 5 }, { "id": 5, "type": "branch", "balance": 5 }, { "id": 6, "type": "branch", "balance": 5 }, { "id": 7, "type": "branch", "balance": 5 }, { "id": 8, "type": "branch", "balance": 5 }, { "id": 9, "type": "branch", "balance": 5 },\n{ "id": 10, "type": "customer", "events": [] }]',
    says: [
      '2:9 10 | customer 10 has no branch: a customer talks to the branch with its own id | Add { "id": 10, "type": "branch", "balance": 5 }, or write the id of a branch: 1, 2, 3, … 9.',
    ],
  },
  {
    title: 'a customer whose branch has a wrong id',
    text: withProcess(
      '{ "id": "7", "type": "branch", "balance": 400 }, { "id": 7, "type": "customer", "events": [] }',
    ),
    says: [
      '3:11 "7" | the 2nd process (a branch): id must be a whole number, not the text "7" | Write 7, without quotes.',
    ],
  },
  {
    title: 'all of it',
    text: withProcess(
      '{ "id": 2, "type": "branch", "balence": 300 },\n  { "id": 1, "type": "branch", "balance": 300 },\n  { "id": 5, "type": "customer", "events": [{ "id": 1 }, { "id": 1, "interface": "query" }] }',
    ),
    says: [
      '3:32 "balence" | branch 2: unknown key "balence" | Did you mean "balance"?',
      '4:11 1 | branch 1 is listed twice (the first: line 2) | Give each branch an id of its own.',
      '5:11 5 | customer 5 has no branch: a customer talks to the branch with its own id | Add { "id": 5, "type": "branch", "balance": 400 }, or write the id of a branch: 1 or 2.',
      '5:45 { "id": 1 } | event 1 of customer 5: interface is missing | Add "interface": "query", "deposit" or "withdraw".',
      '5:66 1 | event 1 of customer 5 is listed twice (the first: line 5) | Give each event of a customer an id of its own; other customers may use it too.',
    ],
  },
]);
