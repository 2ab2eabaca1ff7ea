import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recollection } from './protocol.ts';
import { readRecollection, writeRecollection } from './recover-wire.ts';

const fences = [{ branch: 2, incarnation: 2 }];
const state = {
  version: 3,
  balance: 0,
  lastTx: '3.1',
  lastOrigin: 3,
  applied: [{ entry: 1, position: 2, origin: 1, version: 2 }],
};
const told: Recollection = { interface: 'recover', incarnation: 1, fences, state };

const whole = [
  { title: 'a state', recollection: told },
  {
    title: 'a state with an undecided update',
    recollection: { ...told, state: { ...state, pending: { tx: '2.4', origin: 2, version: 4 } } },
  },
  { title: 'a lost ledger', recollection: { interface: 'recover', incarnation: 2, fences } },
] as const;

for (const { title, recollection } of whole) {
  test(`${title} is read as it was written`, () =>
    assert.deepEqual(readRecollection(writeRecollection(recollection, 1)), recollection));
}

const broken = [
  { title: 'no incarnation', recollection: { ...told, incarnation: 0 } },
  { title: 'a fence of none', recollection: { ...told, fences: [{ branch: 2, incarnation: 0 }] } },
  { title: 'a negative balance', recollection: { ...told, state: { ...state, balance: -1 } } },
  { title: 'a version without update', recollection: { ...told, state: { ...state, lastTx: '' } } },
  {
    title: 'an undecided update without a name',
    recollection: { ...told, state: { ...state, pending: { tx: '', origin: 2, version: 4 } } },
  },
];

for (const { title, recollection } of broken) {
  test(`${title} is not taken in`, () =>
    assert.equal(typeof readRecollection(writeRecollection(recollection, 1)), 'string'));
}
