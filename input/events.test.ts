import { testWrongTexts } from '../test/input-text.ts';

/** A file with one branch, and one customer with these events on its third line. */
const withEvents = (events: string): string =>
  `[\n  { "id": 1, "type": "branch", "balance": 400 },\n  { "id": 1, "type": "customer", "events": [${events}] }\n]`;

testWrongTexts('input.json', [
  {
    title: 'an event that is no object',
    text: withEvents('5'),
    says: [
      '3:45 5 | the 1st event of customer 1 must be an object, not 5 | Write an object, { ... }.',
    ],
  },
  {
    title: 'an event without an id',
    text: withEvents('{ "interface": "query" }'),
    says: [
      '3:45 { "interface": "query" } | the 1st event of customer 1: id is missing | Add "id": 1, or another whole number that is free.',
    ],
  },
  {
    title: 'an event without an interface',
    text: withEvents('{ "id": 1 }'),
    says: [
      '3:45 { "id": 1 } | event 1 of customer 1: interface is missing | Add "interface": "query", "deposit" or "withdraw".',
    ],
  },
  {
    title: 'an interface in capitals',
    text: withEvents('{ "id": 1, "interface": "Deposit", "money": 5 }'),
    says: [
      '3:69 "Deposit" | event 1 of customer 1: unknown interface "Deposit" | Did you mean "deposit"?',
    ],
  },
  {
    title: 'an interface in another form',
    text: withEvents('{ "id": 1, "interface": "withdrawal", "money": 5 }'),
    says: [
      '3:69 "withdrawal" | event 1 of customer 1: unknown interface "withdrawal" | Did you mean "withdraw"?',
    ],
  },
  {
    title: 'an interface that nobody knows',
    text: withEvents('{ "id": 1, "interface": "transfer", "money": 5 }'),
    says: [
      '3:69 "transfer" | event 1 of customer 1: unknown interface "transfer" | Write "query", "deposit" or "withdraw".',
    ],
  },
  {
    title: 'an interface that is no text',
    text: withEvents('{ "id": 1, "interface": ["query"] }'),
    says: [
      '3:69 ["query"] | event 1 of customer 1: interface must be a text, not a list | Write "query", "deposit" or "withdraw".',
    ],
  },
  {
    title: 'an interface that is misspelt, and more that is wrong',
    text: withEvents('{ "id": 1, "interface": "depositt" }'),
    says: [
      '3:45 { "id": 1, "interface": "depositt" } | event 1 of customer 1: money is missing | Add "money": 170, the amount in whole units.',
      '3:69 "depositt" | event 1 of customer 1: unknown interface "depositt" | Did you mean "deposit"?',
    ],
  },
  {
    title: 'a deposit without money',
    text: withEvents('{ "id": 1, "interface": "deposit" }'),
    says: [
      '3:45 { "id": 1, "interface": "deposit" } | event 1 of customer 1: money is missing | Add "money": 170, the amount in whole units.',
    ],
  },
  {
    title: 'money that is misspelt',
    text: withEvents('{ "id": 1, "interface": "deposit", "mony": 5 }'),
    says: ['3:80 "mony" | event 1 of customer 1: unknown key "mony" | Did you mean "money"?'],
  },
  {
    title: 'money under another name',
    text: withEvents('{ "id": 1, "interface": "withdraw", "amount": 5 }'),
    says: ['3:81 "amount" | event 1 of customer 1: unknown key "amount" | Did you mean "money"?'],
  },
  {
    title: 'money twice, once misspelt',
    text: withEvents('{ "id": 1, "interface": "deposit", "money": 5, "mony": 5 }'),
    says: [
      '3:92 "mony" | event 1 of customer 1: unknown key "mony" | Remove it; the keys here are id, interface and money.',
    ],
  },
  {
    title: 'money of 0',
    text: withEvents('{ "id": 1, "interface": "deposit", "money": 0 }'),
    says: [
      '3:89 0 | event 1 of customer 1: money must be at least 1, not 0 | Write a whole number of at least 1.',
    ],
  },
  {
    title: 'negative money',
    text: withEvents('{ "id": 1, "interface": "withdraw", "money": -5 }'),
    says: [
      '3:90 -5 | event 1 of customer 1: money must be at least 1, not -5 | Write a whole number of at least 1.',
    ],
  },
  {
    title: 'money with a fraction',
    text: withEvents('{ "id": 1, "interface": "deposit", "money": 0.5 }'),
    says: [
      '3:89 0.5 | event 1 of customer 1: money must be a whole number, not 0.5 | Write a whole number, in digits alone.',
    ],
  },
  {
    title: 'money as text',
    text: withEvents('{ "id": 1, "interface": "deposit", "money": "5" }'),
    says: [
      '3:89 "5" | event 1 of customer 1: money must be a whole number, not the text "5" | Write 5, without quotes.',
    ],
  },
  {
    title: 'money beyond 2^53 - 1',
    text: withEvents('{ "id": 1, "interface": "deposit", "money": 9007199254740993 }'),
    says: [
      '3:89 9007199254740993 | event 1 of customer 1: money is larger than 9007199254740991 (2^53 - 1), where numbers stop being exact | Write a whole number up to 9007199254740991.',
    ],
  },
  {
    title: 'the same event id twice at one customer',
    text: withEvents(
      '{ "id": 1, "interface": "deposit", "money": 5 }, { "id": 2, "interface": "query" }, { "id": 1, "interface": "deposit", "money": 5 }',
    ),
    says: [
      '3:137 1 | event 1 of customer 1 is listed twice (the first: line 3) | Give each event of a customer an id of its own; other customers may use it too.',
    ],
  },
]);
