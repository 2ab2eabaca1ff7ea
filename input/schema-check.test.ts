import { testWrongTexts } from '../test/input-text.ts';

/** A file with one branch, and one more process on its third line. */
const withProcess = (process: string): string =>
  `[\n  { "id": 1, "type": "branch", "balance": 400 },\n  ${process}\n]`;

/** The file itself. */
testWrongTexts('input.json', [
  {
    title: 'a number',
    text: '5',
    says: [
      '1:1 5 | the file must hold a list of processes, not 5 | Write [ { "id": 1, "type": "branch", "balance": 400 } ], for example.',
    ],
  },
  {
    title: 'null',
    text: 'null',
    says: [
      '1:1 null | the file must hold a list of processes, not null | Write [ { "id": 1, "type": "branch", "balance": 400 } ], for example.',
    ],
  },
  {
    title: 'a text',
    text: '"[]"',
    says: [
      '1:1 "[]" | the file must hold a list of processes, not the text "[]" | Write [ { "id": 1, "type": "branch", "balance": 400 } ], for example.',
    ],
  },
  {
    title: 'an empty list',
    text: '[]',
    says: [
      '1:1 [] | the list has no branch | Add one: { "id": 1, "type": "branch", "balance": 400 }.',
    ],
  },
  {
    title: 'one process without a list',
    text: '{ "id": 1, "type": "branch", "balance": 400 }',
    says: [
      '1:1 { "id": 1, "type": "branch", "balance": 400 } | the file holds one process, not a list | Put [ before it and ] behind it.',
    ],
  },
  {
    title: 'an object without processes',
    text: '{ "customers": [], "branches": [] }',
    says: [
      '1:1 { "customers": [], "branches": [] } | the file holds an object without processes | Write the list alone, [ ... ], or { "processes": [ ... ], "faults": [ ... ] }.',
    ],
  },
  {
    title: 'a misspelt key of the object form',
    text: '{ "proceses": [{ "id": 1, "type": "branch", "balance": 400 }] }',
    says: ['1:3 "proceses" | the file: unknown key "proceses" | Did you mean "processes"?'],
  },
  {
    title: 'processes that are no list',
    text: '{ "processes": 5 }',
    says: ['1:16 5 | the file: processes must be a list, not 5 | Write "processes": [ ... ].'],
  },
  {
    title: 'faults that are no list',
    text: '{ "processes": [{ "id": 1, "type": "branch", "balance": 400 }], "faults": {} }',
    says: ['1:75 {} | the file: faults must be a list, not an object | Write "faults": [ ... ].'],
  },
  {
    title: 'a key beside processes',
    text: '{ "processes": [{ "id": 1, "type": "branch", "balance": 400 }], "comment": "x" }',
    says: [
      '1:65 "comment" | the file: unknown key "comment" | Remove it; the keys here are processes and faults.',
    ],
  },
]);

/** One process. */
testWrongTexts('input.json', [
  {
    title: 'a process that is no object',
    text: withProcess('[]'),
    says: ['3:3 [] | the 2nd process must be an object, not a list | Write an object, { ... }.'],
  },
  {
    title: 'a process without a type',
    text: withProcess('{ "id": 2, "balance": 400 }'),
    says: ['3:3 { "id": 2, "balance": 400 } | branch 2: type is missing | Add "type": "branch".'],
  },
  {
    title: 'a process without a type that nothing tells',
    text: withProcess('{ "id": 2 }'),
    says: [
      '3:3 { "id": 2 } | the 2nd process: type is missing | Add "type": "customer" or "type": "branch".',
    ],
  },
  {
    title: 'an older name for customer',
    text: withProcess('{ "id": 1, "type": "client", "events": [] }'),
    says: [
      '3:22 "client" | customer 1: the type "client" is a name of an older format | Write "type": "customer".',
    ],
  },
  {
    title: 'an older name for branch',
    text: withProcess('{ "id": 2, "type": "bank", "balance": 400 }'),
    says: [
      '3:22 "bank" | branch 2: the type "bank" is a name of an older format | Write "type": "branch".',
    ],
  },
  {
    title: 'an older name and more that is wrong',
    text: withProcess('{ "id": "2", "type": "bank", "amount": 400 }'),
    says: [
      '3:3 { "id": "2", "type": "bank", "amount": 400 } | the 2nd process (a branch): balance is missing | Add "balance": 400.',
      '3:11 "2" | the 2nd process (a branch): id must be a whole number, not the text "2" | Write 2, without quotes.',
      '3:24 "bank" | the 2nd process (a branch): the type "bank" is a name of an older format | Write "type": "branch".',
      '3:32 "amount" | the 2nd process (a branch): unknown key "amount" | Remove it; the keys here are id, type and balance.',
    ],
  },
  {
    title: 'a type in capitals',
    text: withProcess('{ "id": 1, "type": "Customer", "events": [] }'),
    says: ['3:22 "Customer" | customer 1: unknown type "Customer" | Did you mean "customer"?'],
  },
  {
    title: 'a type that is no text',
    text: withProcess('{ "id": 2, "type": 1, "balance": 400 }'),
    says: ['3:22 1 | branch 2: type must be a text, not 1 | Write "customer" or "branch".'],
  },
  {
    title: 'a type that nobody knows',
    text: withProcess('{ "id": 2, "type": "teller", "balance": 400 }'),
    says: ['3:22 "teller" | branch 2: unknown type "teller" | Write "customer" or "branch".'],
  },
  {
    title: 'a branch without an id',
    text: withProcess('{ "type": "branch", "balance": 400 }'),
    says: [
      '3:3 { "type": "branch", "balance": 400 } | the 2nd process (a branch): id is missing | Add "id": 1, or another whole number that is free.',
    ],
  },
  {
    title: 'an id as text',
    text: withProcess('{ "id": "2", "type": "branch", "balance": 400 }'),
    says: [
      '3:11 "2" | the 2nd process (a branch): id must be a whole number, not the text "2" | Write 2, without quotes.',
    ],
  },
  {
    title: 'an id in words',
    text: withProcess('{ "id": "two", "type": "branch", "balance": 400 }'),
    says: [
      '3:11 "two" | the 2nd process (a branch): id must be a whole number, not the text "two" | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'a negative id',
    text: withProcess('{ "id": -2, "type": "branch", "balance": 400 }'),
    says: [
      '3:11 -2 | branch -2: id must be at least 0, not -2 | Write a whole number of at least 0.',
    ],
  },
  {
    title: 'an id with a fraction',
    text: withProcess('{ "id": 1.5, "type": "branch", "balance": 400 }'),
    says: [
      '3:11 1.5 | the 2nd process (a branch): id must be a whole number, not 1.5 | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'a branch without a balance',
    text: withProcess('{ "id": 2, "type": "branch" }'),
    says: [
      '3:3 { "id": 2, "type": "branch" } | branch 2: balance is missing | Add "balance": 400.',
    ],
  },
  {
    title: 'a balance under another name',
    text: withProcess('{ "id": 2, "type": "branch", "initial_balance": 400 }'),
    says: [
      '3:32 "initial_balance" | branch 2: unknown key "initial_balance" | Did you mean "balance"?',
    ],
  },
  {
    title: 'a negative balance',
    text: withProcess('{ "id": 2, "type": "branch", "balance": -400 }'),
    says: [
      '3:43 -400 | branch 2: balance must be at least 0, not -400 | Write a whole number of at least 0.',
    ],
  },
  {
    title: 'a balance with a fraction',
    text: withProcess('{ "id": 2, "type": "branch", "balance": 400.5 }'),
    says: [
      '3:43 400.5 | branch 2: balance must be a whole number, not 400.5 | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'a balance as text with a comma',
    text: withProcess('{ "id": 2, "type": "branch", "balance": "1,500" }'),
    says: [
      '3:43 "1,500" | branch 2: balance must be a whole number, not the text "1,500" | Write 1500.',
    ],
  },
  {
    title: 'a balance of null',
    text: withProcess('{ "id": 2, "type": "branch", "balance": null }'),
    says: [
      '3:43 null | branch 2: balance must be a whole number, not null | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'a balance beyond 2^53 - 1',
    text: withProcess('{ "id": 2, "type": "branch", "balance": 9007199254740992 }'),
    says: [
      '3:43 9007199254740992 | branch 2: balance is larger than 9007199254740991 (2^53 - 1), where numbers stop being exact | Write a whole number up to 9007199254740991.',
    ],
  },
  {
    title: 'a balance that is no number of JavaScript',
    text: withProcess('{ "id": 2, "type": "branch", "balance": 1e400 }'),
    says: [
      '3:43 1e400 | branch 2: balance must be a whole number, not Infinity | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'a customer without events',
    text: withProcess('{ "id": 1, "type": "customer" }'),
    says: [
      '3:3 { "id": 1, "type": "customer" } | customer 1: events is missing | Add "events": [{ "id": 1, "interface": "query" }].',
    ],
  },
  {
    title: 'events that are no list',
    text: withProcess('{ "id": 1, "type": "customer", "events": {} }'),
    says: [
      '3:44 {} | customer 1: events must be a list, not an object | Write "events": [{ "id": 1, "interface": "query" }].',
    ],
  },
  {
    title: 'a key that customers do not have',
    text: withProcess('{ "id": 1, "type": "customer", "events": [], "balance": 400 }'),
    says: [
      '3:48 "balance" | customer 1: unknown key "balance" | Remove it; the keys here are id, type and events.',
    ],
  },
  {
    title: 'a key that nobody knows',
    text: withProcess('{ "id": 1, "type": "customer", "events": [], "\\u001b[31mcolour": 1 }'),
    says: [
      '3:48 "\\u001b[31mcolour" | customer 1: unknown key "·[31mcolour" | Remove it; the keys here are id, type and events.',
    ],
  },
  {
    title: 'keys that every JavaScript object has',
    text: withProcess(
      '{ "id": 1, "type": "customer", "events": [], "constructor": 1, "__proto__": 2 }',
    ),
    says: [
      '3:48 "constructor" | customer 1: unknown key "constructor" | Remove it; the keys here are id, type and events.',
      '3:66 "__proto__" | customer 1: unknown key "__proto__" | Remove it; the keys here are id, type and events.',
    ],
  },
]);
