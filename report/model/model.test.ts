import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryRecord } from '../../bank/history.ts';
import { sampleHistory } from '../../test/sample-history.ts';
import type { Sample } from '../../test/sample-history.ts';
import type { Column, PageData, PageVerdict } from '../data.ts';
import { ReportModel } from './model.ts';

const verdict: PageVerdict = {
  verdict: 'valid',
  text: 'All is well.',
  violations: [],
  more: 0,
  missing: [],
  checked: [],
  notChecked: [],
  command: 'tally check',
};

const small: Sample = { branches: 3, visits: [1, 2, 1], eventsPerVisit: 3 };

function modelOf(records: readonly HistoryRecord[]): PageData {
  const [run] = records;
  assert.equal(run?.kind, 'run');
  const model = new ReportModel(run);
  for (const [index, record] of records.entries()) model.add(record, index + 1);
  return model.finish(verdict, 0);
}

const sampleRecords = (sample: Sample): HistoryRecord[] => [...sampleHistory(sample)];
const ofKind = <Kind extends HistoryRecord['kind']>(
  records: readonly HistoryRecord[],
  kind: Kind,
): Extract<HistoryRecord, { kind: Kind }>[] =>
  records.filter(
    (record): record is Extract<HistoryRecord, { kind: Kind }> => record.kind === kind,
  );

const textsAt = (data: PageData, column: Column): (string | undefined)[] =>
  column.map((text) => (text === null ? undefined : data.texts[text]));

test('a lane stands for each customer, also one that visits twice, and for each branch', () => {
  const { lanes } = modelOf(sampleRecords(small));
  assert.deepEqual(
    lanes.map(({ name }) => name),
    ['supervisor', 'customer 1', 'customer 2', 'branch 1', 'branch 2', 'branch 3'],
  );
});

test('every message has its four ends, at the lines where they stand in the history', () => {
  const records = sampleRecords(small);
  const { messages, texts } = modelOf(records);
  const calls = ofKind(records, 'call');
  assert.equal(messages.at.length, calls.length);
  for (const [row, prefix] of messages.prefix.entries()) {
    const id = `${texts[prefix ?? -1]}${messages.number[row]}`;
    for (const end of ['call', 'receive', 'reply', 'return'] as const) {
      const line = (messages.line[row] ?? 0) + (messages[`${end}_line`][row] ?? Number.NaN);
      const record = records[line - 1];
      assert.equal(record?.kind, end);
      assert.equal('message' in record && record.message, id);
    }
  }
});

test('a message that never arrives lacks the ends that nobody wrote', () => {
  const records = sampleRecords(small);
  const [lost] = ofKind(records, 'call').filter(({ interface: name }) => name === 'decide');
  const left = records.filter(
    (record) => record === lost || !('message' in record) || record.message !== lost?.message,
  );
  const { messages } = modelOf(left);
  const row = messages.receive_at.indexOf(null);
  assert.notEqual(row, -1);
  assert.equal(messages.call_at[row], 0);
  assert.equal(messages.return_at[row], null);
});

test('a second receipt of one message is a message of its own, from the same call', () => {
  const records = sampleRecords(small);
  const [receive] = ofKind(records, 'receive');
  assert.ok(receive);
  const at = records.indexOf(receive);
  const twice = [
    ...records.slice(0, at + 1),
    { ...receive, mono: receive.mono + 1 },
    ...records.slice(at + 1),
  ];
  const { messages } = modelOf(twice);
  assert.equal(messages.at.length, modelOf(records).messages.at.length + 1);
  const twins = messages.number.flatMap((number, row) =>
    number === 1 && messages.prefix[row] === messages.prefix[0] ? [row] : [],
  );
  const calls = twins.map((row) => (messages.at[row] ?? 0) + (messages.call_at[row] ?? Number.NaN));
  assert.equal(twins.length, 2);
  assert.equal(calls[0], calls[1]);
  // The answer belongs to the first receipt.
  assert.deepEqual(
    twins.map((row) => messages.return_at[row] === null),
    [false, true],
  );
});

test('what a caller without a history asks has a lane outside', () => {
  const records = sampleRecords(small);
  const [receive] = ofKind(records, 'receive');
  assert.ok(receive);
  const guest: HistoryRecord = {
    ...receive,
    message: 'branch-1/0/outside-1',
    from: 'grpcurl',
    outside: true,
  };
  const { lanes, messages } = modelOf([...records, guest]);
  const lane = lanes.findIndex(({ role }) => role === 'outside');
  assert.equal(lane, lanes.length - 1);
  assert.ok(messages.from.includes(lane));
});

test('every outcome is an event with its answer', () => {
  const records = sampleRecords(small);
  const data = modelOf(records);
  const { events } = data;
  const rows = events.entry.map((entry, row) => ({
    event: { entry, position: events.position[row] },
    result: textsAt(data, events.result)[row],
    balance: events.balance[row] ?? undefined,
  }));
  const outcomes = ofKind(records, 'outcome').map(({ event, result, balance }) => ({
    event,
    result,
    balance,
  }));
  assert.deepEqual(rows, outcomes);
  assert.deepEqual(new Set(events.attempts), new Set([1]));
});

test('the balance of every replica begins as the run says and ends where its last update left it', () => {
  const records = sampleRecords(small);
  const { balances, lanes } = modelOf(records);
  for (const { lane, balance } of balances) {
    const process = `branch-${lanes[lane]?.id}`;
    const applied = ofKind(records, 'apply').filter((record) => record.process === process);
    assert.equal(balance[0], 400);
    assert.equal(balance.at(-1), applied.at(-1)?.balance);
  }
});

test('a crash is a band from the death to readiness, with the fault before it', () => {
  const records = sampleRecords({ ...small, crash: true });
  const { bands, starts } = modelOf(records);
  const start = records[0]?.mono ?? 0;
  const [death] = ofKind(records, 'exit').filter(({ signal }) => signal === 'SIGKILL');
  const [fault] = ofKind(records, 'fault');
  const ready = ofKind(records, 'ready').at(-1);
  const down = bands.find(({ kind }) => kind === 'down');
  assert.equal(down?.from, (death?.mono ?? 0) - start);
  assert.equal(down.to, (ready?.mono ?? 0) - start);
  assert.equal(bands.find(({ kind }) => kind === 'fault')?.from, (fault?.mono ?? 0) - start);
  assert.equal(starts.life.filter((life) => life === 1).length, 1);
});

test('a restart is one life, also when it is online first, and after a death told as exit code 0', () => {
  const records = sampleRecords({ ...small, crash: true });
  const restart = records.findIndex(({ kind }) => kind === 'restart');
  const [again, online] = [records[restart], records[restart + 1]];
  assert.ok(again && online?.kind === 'online');
  const told = records.map((record, index) => {
    if (record.kind === 'exit' && record.signal) return { ...record, code: 0, signal: undefined };
    return index === restart
      ? { ...online, mono: again.mono }
      : index === restart + 1
        ? again
        : record;
  });
  const { bands, starts } = modelOf(told.map((record) => JSON.parse(JSON.stringify(record))));
  assert.equal(bands.filter(({ kind }) => kind === 'down').length, 1);
  assert.equal(starts.life.filter((life) => life === 1).length, 1);
  assert.ok(starts.ready.every((ready) => ready !== null));
});

test('a branch that ends by itself and is not started again is down to the end', () => {
  const records = sampleRecords(small);
  const stop = records.findIndex(({ kind }) => kind === 'stop');
  const exit = ofKind(records, 'exit').find(({ subject }) => subject === 'branch-2');
  assert.ok(exit);
  const { bands, run } = modelOf([...records.slice(0, stop), exit]);
  const down = bands.find(({ kind }) => kind === 'down');
  assert.equal(down?.from, exit.mono - (records[0]?.mono ?? 0));
  assert.equal(down.to, run.duration);
});

test('a pause lasts until the paused branch speaks again', () => {
  const records = sampleRecords(small);
  const spoken = ofKind(records, 'reply').filter(({ process }) => process === 'branch-1');
  const [before, after] = spoken;
  assert.ok(before && after);
  const at = records.indexOf(before);
  const { process, life, wall, mono, clock } = before;
  const fault = {
    kind: 'fault',
    subject: 'branch-1',
    fault: 'pause-branch',
    text: 'paused',
  } as const;
  const paused = { process, life, wall, mono: mono + 1, clock, ...fault };
  const next = records.slice(at + 1).find((record) => record.process === 'branch-1');
  const { bands } = modelOf([...records.slice(0, at + 1), paused, ...records.slice(at + 1)]);
  const band = bands.find(({ kind }) => kind === 'fault');
  assert.equal(band?.to, (next?.mono ?? 0) - (records[0]?.mono ?? 0));
});

test('the links of the critical chain follow each other and add up to the run', () => {
  const { chain, run } = modelOf(sampleRecords({ ...small, crash: true }));
  assert.equal(chain.links[0]?.from, 0);
  assert.equal(chain.links.at(-1)?.to, run.duration);
  for (const [index, link] of chain.links.entries())
    assert.equal(link.from, index === 0 ? 0 : chain.links[index - 1]?.to);
  const sum = chain.phases.reduce((total, { took }) => total + took, 0);
  assert.equal(sum, run.duration);
});

test('an update waits for the slowest fellow branch, and the chain leads through it', () => {
  const records = sampleRecords(small);
  const [slow] = ofKind(records, 'reply').filter(
    ({ process, interface: name }) => process === 'branch-3' && name === 'propagate_deposit',
  );
  assert.ok(slow);
  const from = slow.mono;
  const later = records.map((record) => {
    const own = record.process === 'branch-3' && record.mono < from;
    return record.mono < from || own ? record : { ...record, mono: record.mono + 50_000 };
  });
  const { chain } = modelOf(later);
  const longest = chain.links.filter(({ text }) =>
    text.startsWith('branch-3 answers propagate_deposit'),
  );
  assert.ok(longest.some((link) => link.to - link.from >= 50_000));
});

test('a process on another machine is placed by its wall clock', () => {
  const records = sampleRecords(small);
  const away = 7_000_000_000;
  const elsewhere = records.map((record) => {
    if (record.kind === 'online' && record.subject === 'branch-2')
      return { ...record, node: 'two' };
    return record.process === 'branch-2' ? { ...record, mono: record.mono + away } : record;
  });
  const [here, there] = [modelOf(records), modelOf(elsewhere)];
  assert.ok(Math.abs(here.run.duration - there.run.duration) < 10);
  assert.deepEqual(there.balances.length, here.balances.length);
});
