import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryContent, HistoryRecord } from '../bank/history.ts';
import type { Interface } from '../bank/scenario.ts';
import { explain } from '../checker/explain.ts';
import { checkRecords, randomFrom } from './checker-records.ts';

/**
 * Small histories of overlapping customers, right and wrong ones, against an oracle that tries all
 * orders. It has its own bank and knows nothing of the checker's search.
 */
const histories = 30_000;

interface Told {
  readonly result: 'success' | 'fail' | 'unknown' | 'balance';
  readonly balance?: number;
  readonly version?: number;
}

interface Deed {
  readonly visit: number;
  readonly position: number;
  readonly interface: Interface;
  readonly money: number;
  readonly begin: number;
  readonly end: number;
  readonly told: Told;
}

interface Bank {
  readonly balance: number;
  readonly version: number;
}

const initial: Bank = { balance: 3, version: 0 };

/** What a right bank does; the failure is an overdraft. */
function serve(bank: Bank, deed: Pick<Deed, 'interface' | 'money'>): { bank: Bank; told: Told } {
  const { balance, version } = bank;
  if (deed.interface === 'query') return { bank, told: { result: 'balance', balance, version } };
  const after = deed.interface === 'deposit' ? balance + deed.money : balance - deed.money;
  if (after < 0) return { bank, told: { result: 'fail' } };
  const next = { balance: after, version: version + 1 };
  return { bank: next, told: { result: 'success', version: next.version } };
}

function sameTold(one: Told, other: Told): boolean {
  return (
    one.result === other.result &&
    one.balance === other.balance &&
    (one.version === undefined || other.version === undefined || one.version === other.version)
  );
}

/** Whether any order of the deeds, each within its time, gives every answer. */
function possible(bank: Bank, left: readonly Deed[]): boolean {
  const due = left.filter(({ told }) => told.result !== 'unknown');
  if (due.length === 0) return true;
  const firstEnd = Math.min(...due.map(({ end }) => end));
  return left.some((deed) => {
    if (deed.begin > firstEnd) return false;
    const { bank: next, told } = serve(bank, deed);
    // One of unknown outcome may also never happen: then it stays in `left` to the end.
    if (deed.told.result !== 'unknown' && !sameTold(deed.told, told)) return false;
    return possible(
      next,
      left.filter((other) => other !== deed),
    );
  });
}

function randomDeeds(random: () => number): Deed[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const visits = 1 + below(3);
  const drafts = Array.from({ length: visits }, (_, visit) => {
    let now = random() * 4;
    return Array.from({ length: 1 + below(3) }, (_, position) => {
      const begin = now + random();
      const end = begin + 0.1 + random() * 3;
      now = end;
      const name = (['query', 'deposit', 'withdraw'] as const)[below(3)] ?? 'query';
      const money = name === 'query' ? 0 : 1 + below(5);
      const point = begin + (end - begin) * random();
      return {
        visit: visit + 1,
        position: position + 1,
        interface: name,
        money,
        begin,
        end,
        point,
      };
    });
  }).flat();
  let bank = initial;
  const versions = random() < 0.5;
  const deeds = drafts
    .toSorted((one, other) => one.point - other.point)
    .map((draft): Deed => {
      const unknown = random() < 0.15;
      const applied = !unknown || random() < 0.5;
      const { bank: next, told } = serve(bank, draft);
      if (applied) bank = next;
      const { version, ...bare } = told;
      if (unknown) return { ...draft, told: { result: 'unknown' } };
      return { ...draft, told: versions && version !== undefined ? { ...bare, version } : bare };
    });
  const wrong = random() < 0.6 ? below(deeds.length) : -1;
  return deeds.map((deed, index) => (index === wrong ? spoil(deed, below) : deed));
}

/** Another answer, which may be just as possible. */
function spoil(deed: Deed, below: (limit: number) => number): Deed {
  const { told } = deed;
  if (told.result === 'unknown') return deed;
  if (told.version !== undefined && below(3) === 0)
    return { ...deed, told: { ...told, version: Math.max(0, told.version + below(3) - 1) } };
  if (told.balance !== undefined)
    return { ...deed, told: { ...told, balance: Math.max(0, told.balance + below(9) - 4) } };
  return { ...deed, told: { result: told.result === 'fail' ? 'success' : 'fail' } };
}

function historyOf(deeds: readonly Deed[]): HistoryRecord[] {
  const visits = [...new Set(deeds.map(({ visit }) => visit))];
  const moments = deeds.flatMap((deed) => [
    { time: deed.begin, content: callOf(deed), deed },
    { time: deed.end, content: returnOf(deed), deed },
    { time: deed.end + 1e-9, content: outcomeOf(deed), deed },
  ]);
  const contents: { process: string; content: HistoryContent }[] = [
    { process: 'supervisor', content: runOf(visits, deeds) },
    ...moments
      .toSorted((one, other) => one.time - other.time)
      .map(({ content, deed }) => ({ process: `visit-${deed.visit}`, content })),
    { process: 'supervisor', content: { kind: 'end', exitCode: 0, reason: 'served' } },
  ];
  return contents.map(({ process, content }, index) => ({
    process,
    life: 0,
    wall: index,
    mono: index * 1_000,
    clock: index,
    ...content,
  }));
}

function runOf(visits: readonly number[], deeds: readonly Deed[]): HistoryContent {
  return {
    kind: 'run',
    version: 1,
    runId: 'small',
    input: 'small.json',
    versions: { tally: '0', node: '0', engine: 'none' },
    branches: [{ id: 1, process: 'branch-1', balance: initial.balance }],
    visits: visits.map((visit) => ({
      entry: visit,
      process: `visit-${visit}`,
      customer: 1,
      events: deeds.filter((deed) => deed.visit === visit).length,
    })),
  };
}

const messageOf = ({ visit, position }: Deed): string => `visit-${visit}/0/${position}`;

function askedOf({ visit, position, interface: name, money }: Deed): {
  event: { entry: number; position: number };
  eventId: number;
  interface: Interface;
  money?: number;
} {
  const event = { entry: visit, position };
  return { event, eventId: position, interface: name, ...(name === 'query' ? {} : { money }) };
}

function callOf(deed: Deed): HistoryContent {
  const message = messageOf(deed);
  return { kind: 'call', message, to: 'branch-1', attempt: 1, ...askedOf(deed) };
}

function returnOf(deed: Deed): HistoryContent {
  const { told, interface: name } = deed;
  const common = {
    kind: 'return',
    message: messageOf(deed),
    interface: name,
    from: 'branch-1',
  } as const;
  if (told.result === 'unknown') return { ...common, status: 'DEADLINE_EXCEEDED' };
  const { result, ...rest } = told;
  return result === 'balance' ? { ...common, ...rest } : { ...common, result, ...rest };
}

const outcomeOf = (deed: Deed): HistoryContent => ({
  kind: 'outcome',
  ...askedOf(deed),
  ...deed.told,
});

test('the verdict is that of an oracle that tries all orders', async () => {
  const random = randomFrom(1);
  const counts = { valid: 0, invalid: 0 };
  for (let number = 1; number <= histories; number += 1) {
    const deeds = randomDeeds(random);
    const expected = possible(initial, deeds) ? 'valid' : 'invalid';
    const history = historyOf(deeds);
    const verdict = await checkRecords(history);
    assert.equal(
      verdict.verdict,
      expected,
      `${number}: ${explain(verdict)}\n${JSON.stringify(deeds)}`,
    );
    counts[expected] += 1;
  }
  assert.ok(counts.valid > histories / 4 && counts.invalid > histories / 4, JSON.stringify(counts));
});
