import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from '../test/one-replica.ts';
import type { LedgerRecord } from './protocol.ts';
import { ReplicaStory } from './story.ts';

const event = { entry: 1, position: 1 };
const prepare = (origin: number) =>
  ({
    kind: 'prepare',
    tx: `${origin}.1`,
    origin,
    version: 1,
    delta: -5,
    prevTx: '',
    event,
  }) as const satisfies LedgerRecord;
const commit = (tx: string): LedgerRecord => ({ kind: 'commit', tx, version: 1, balance: 395 });
const apply = { kind: 'apply', version: 1, delta: -5, balance: 395, event };

test('a decision about an own update is told, and what it does to the replica', () => {
  const story = new ReplicaStory(settings, prepare(1));
  assert.deepEqual(story.tell(commit('1.1')), [
    { kind: 'decide', tx: '1.1', decision: 'committed' },
    { ...apply, tx: '1.1' },
  ]);
});

test('of the update of a fellow only the application is told', () => {
  const story = new ReplicaStory(settings, undefined);
  const { prevTx: _, ...told } = prepare(2);
  assert.deepEqual(story.tell(prepare(2)), [told]);
  assert.deepEqual(story.tell(commit('2.1')), [{ ...apply, tx: '2.1' }]);
});

test('an update that is given up is dropped', () => {
  const own = new ReplicaStory(settings, prepare(1));
  assert.deepEqual(own.tell({ kind: 'abort', tx: '1.1' }), [
    { kind: 'decide', tx: '1.1', decision: 'aborted' },
    { kind: 'drop', tx: '1.1' },
  ]);
  const fellows = new ReplicaStory(settings, prepare(2));
  assert.deepEqual(fellows.tell({ kind: 'abort', tx: '2.1' }), [{ kind: 'drop', tx: '2.1' }]);
});

test('a refusal is told with its reason', () => {
  const record: LedgerRecord = { kind: 'refuse', event, reason: 'overdraft', detail: 'too much' };
  const told = new ReplicaStory(settings, undefined).tell(record);
  assert.deepEqual(told, [{ kind: 'refuse', event, reason: 'overdraft' }]);
});
