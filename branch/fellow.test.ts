import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OneReplica, foreign, outcomes } from '../test/one-replica.ts';
import type { Propagation } from './protocol.ts';

test('the next propagation commits the pending update', () => {
  const one = new OneReplica();
  one.ask(foreign());
  one.ask(foreign({ tx: '2.2', version: 2, prevTx: '2.1' }));
  assert.deepEqual(one.records(), ['commit', 'prepare']);
  assert.deepEqual([one.replica.version, one.replica.pending], [1, '2.2']);
});

test('of two branches that propose at once the lower id goes first, and the other after it', () => {
  const two = new OneReplica({ id: 2, peers: [1, 3] });
  two.ask({ interface: 'deposit', money: 7 });
  const call = two.ask(foreign({ origin: 1, tx: '1.1' }));
  assert.deepEqual(two.records(), ['abort', 'prepare']);
  assert.ok(two.effects.some((effect) => effect.type === 'reply' && effect.call === call));
  two.ask({ interface: 'decide', tx: '1.1', decision: 'committed' });
  assert.equal(two.replica.pending, '2.2');
  const one = new OneReplica();
  one.ask({ interface: 'deposit', money: 7 });
  one.ask(foreign());
  assert.deepEqual(outcomes(one.effects), []);
  assert.equal(one.replica.pending, '1.1');
});

const ghosts: { title: string; request: Propagation; status: string; halts: boolean }[] = [
  {
    title: 'an update for a version that another one has',
    request: foreign({ origin: 3, tx: '3.1' }),
    status: 'FAILED_PRECONDITION',
    halts: false,
  },
  {
    title: 'an update under the name of another branch',
    request: foreign({ tx: '3.1' }),
    status: 'INVALID_ARGUMENT',
    halts: false,
  },
  {
    title: 'an update without an amount',
    request: foreign({ tx: '2.2', version: 2, prevTx: '2.1', money: 0 }),
    status: 'INVALID_ARGUMENT',
    halts: false,
  },
  {
    title: 'an update more than one version ahead',
    request: foreign({ tx: '2.9', version: 9, prevTx: '2.8' }),
    status: 'FAILED_PRECONDITION',
    halts: true,
  },
  {
    title: 'an update that follows another history',
    request: foreign({ tx: '2.9', version: 2, prevTx: '3.7' }),
    status: 'FAILED_PRECONDITION',
    halts: true,
  },
];

for (const { title, request, status, halts } of ghosts) {
  test(`${title} is refused and not recorded${halts ? ', and the branch stops' : ''}`, () => {
    const one = new OneReplica();
    one.ask(foreign());
    one.ask({ interface: 'decide', tx: '2.1', decision: 'committed' });
    one.ask(request);
    assert.deepEqual(outcomes(one.effects), [status]);
    assert.deepEqual(one.records(), []);
    assert.equal(
      one.effects.some(({ type }) => type === 'halt'),
      halts,
    );
  });
}

test('a question about an update of a lost ledger stops the branch', () => {
  const one = new OneReplica();
  one.ask({ interface: 'ask', tx: '1.7' });
  assert.deepEqual(outcomes(one.effects), ['FAILED_PRECONDITION']);
  assert.equal(one.effects.at(-1)?.type, 'halt');
});
