import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from '../test/one-replica.ts';
import { Replica } from './replica.ts';

const contradictions: { title: string; lines: Parameters<Replica['replay']>[0][]; says: RegExp }[] =
  [
    {
      title: 'another run',
      lines: [{ kind: 'open', runId: 'r0', branch: 1, balance: 100 }],
      says: /belongs to run r0/,
    },
    {
      title: 'another branch',
      lines: [{ kind: 'open', runId: 'r1', branch: 2, balance: 100 }],
      says: /belongs to branch 2/,
    },
    {
      title: 'another incarnation',
      lines: [{ kind: 'open', runId: 'r1', branch: 1, balance: 100, incarnation: 2 }],
      says: /belongs to incarnation 2 of branch 1, not to incarnation 1/,
    },
    {
      title: 'a recovery that nothing was lost before',
      lines: [
        { kind: 'open', runId: 'r1', branch: 1, balance: 100 },
        {
          kind: 'recover',
          version: 0,
          balance: 100,
          lastTx: '',
          lastOrigin: 0,
          proposed: 0,
          applied: [],
        },
      ],
      says: /that is not lost is recovered/,
    },
    {
      title: 'a fence that is no new one',
      lines: [
        { kind: 'open', runId: 'r1', branch: 1, balance: 100 },
        { kind: 'fence', branch: 2, incarnation: 1 },
      ],
      says: /incarnation 1 of branch 2 is no new one/,
    },
    { title: 'no beginning', lines: [{ kind: 'abort', tx: '1.1' }], says: /does not open/ },
    {
      title: 'a commit of nothing',
      lines: [
        { kind: 'open', runId: 'r1', branch: 1, balance: 100 },
        { kind: 'commit', tx: '1.1', version: 1, balance: 105 },
      ],
      says: /committed without being pending/,
    },
  ];

test('a ledger that was lost has nothing before it is recovered', () => {
  const replica = new Replica({ ...settings, incarnation: 2 });
  replica.replay({ kind: 'open', runId: 'r1', branch: 1, balance: 100, incarnation: 2 });
  const line = { kind: 'refuse', event: { entry: 1, position: 1 }, reason: 'overdraft' } as const;
  assert.match(replica.replay({ ...line, detail: '' }) ?? '', /not recovered before its refuse/);
});

for (const { title, lines, says } of contradictions) {
  test(`a ledger of ${title} is not taken in`, () => {
    const replica = new Replica(settings);
    assert.match(lines.map((line) => replica.replay(line)).at(-1) ?? 'all is well', says);
  });
}
