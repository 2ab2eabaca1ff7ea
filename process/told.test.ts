import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTold } from './told.ts';

const branch = { id: 2, process: 'branch-2', target: '10.0.0.2:7000', balance: 400 };

const known = [
  { title: 'the turn', message: { topic: 'tally:turn' } },
  { title: 'a move', message: { topic: 'tally:moved', branch } },
  {
    title: 'a move to a machine',
    message: { topic: 'tally:moved', branch: { ...branch, node: 'b' } },
  },
  {
    title: 'a move of the next incarnation',
    message: { topic: 'tally:moved', branch: { ...branch, incarnation: 2 } },
  },
];

for (const { title, message } of known) {
  test(`${title} is told`, () => assert.deepEqual(readTold(message), message));
}

const unknown = [
  { title: 'nothing', message: {} },
  { title: 'another topic', message: { topic: 'tally:dinner' } },
  { title: 'a move of nobody', message: { topic: 'tally:moved' } },
  {
    title: 'a move to nowhere',
    message: { topic: 'tally:moved', branch: { ...branch, target: 1 } },
  },
  {
    title: 'a move of an incarnation that has no number',
    message: { topic: 'tally:moved', branch: { ...branch, incarnation: '2' } },
  },
  { title: 'a move without id', message: { topic: 'tally:moved', branch: { ...branch, id: '2' } } },
  { title: 'a move of null', message: { topic: 'tally:moved', branch: null } },
];

for (const { title, message } of unknown) {
  test(`${title} is nothing that a supervisor tells`, () =>
    assert.equal(readTold(message), undefined));
}
