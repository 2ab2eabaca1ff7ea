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

for (const { title, lines, says } of contradictions) {
  test(`a ledger of ${title} is not taken in`, () => {
    const replica = new Replica(settings);
    assert.match(lines.map((line) => replica.replay(line)).at(-1) ?? 'all is well', says);
  });
}
