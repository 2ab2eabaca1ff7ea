/** Declared faults at real branches: where each strikes, and that nothing is lost or doubled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BranchFault, MessageFault, UpdateMoment } from '../bank/faults.ts';
import type { HistoryRecord } from '../bank/history.ts';
import { Bank } from './bank.ts';
import { events, inShort } from './events.ts';

const visit = events('deposit 100', 'withdraw 30', 'query', 'deposit 7', 'query');
const answers = ['success', 'success', 470, 'success', 477];
const settled = { balance: 477, version: 3 };

/** Branch 1 is the origin of every update, the others are its fellows. */
const moments: {
  readonly when: UpdateMoment;
  readonly branch: number;
  /** What the branch did last before the second update's moment came. */
  readonly after: readonly HistoryRecord['kind'][];
}[] = [
  { when: 'before-record', branch: 1, after: ['receive'] },
  { when: 'after-record', branch: 1, after: ['prepare'] },
  { when: 'before-decide', branch: 1, after: ['return'] },
  { when: 'after-decide', branch: 1, after: ['apply'] },
  // The second propagation proves the first update, unless the decision came before.
  { when: 'before-record', branch: 2, after: ['apply', 'receive'] },
  { when: 'after-record', branch: 2, after: ['prepare'] },
  { when: 'before-acknowledge', branch: 2, after: ['prepare'] },
  { when: 'after-acknowledge', branch: 2, after: ['reply'] },
];

for (const { when, branch, after } of moments) {
  test(`branch ${branch} killed ${when} of the second update: nothing is lost or doubled`, async (t) => {
    const fault: BranchFault = { fault: 'kill-branch', branch, when, update: 2 };
    const bank = await Bank.open(t, { faults: [fault] });
    await bank.serve();
    assert.deepEqual(inShort(await bank.visit(1, 1, visit)), answers);
    assert.deepEqual(await bank.settled(), settled);
    assert.deepEqual(bank.faults(), [`kill-branch of branch-${branch}`]);
    const told = bank.history().filter(({ process }) => process === `branch-${branch}`);
    const struck = told.findIndex(({ kind }) => kind === 'fault');
    assert.ok(after.includes(told[struck - 1]?.kind ?? 'end'), JSON.stringify(told[struck - 1]));
    assert.deepEqual(
      told.slice(struck + 1, struck + 2).map(({ kind, life }) => ({ kind, life })),
      [{ kind: 'replay', life: 1 }],
    );
  });
}

test('an acknowledgement that the killed branch gave has arrived', async (t) => {
  const when = 'after-acknowledge';
  const bank = await Bank.open(t, {
    faults: [{ fault: 'kill-branch', branch: 2, when, update: 2 }],
  });
  await bank.serve();
  await bank.visit(1, 1, visit);
  const attempts = bank
    .history()
    .filter((record) => record.kind === 'call' && record.to === 'branch-2' && record.tx === '1.2');
  const propagations = attempts.filter(
    (record) => 'interface' in record && record.interface === 'propagate_withdraw',
  );
  assert.equal(propagations.length, 1);
});

const message = { interface: 'propagate_deposit', from: 1, to: 2, message: 1 } as const;

/** `ends` are the records of the message's two ends: what arrived at branch 2, what came back. */
const messageFaults: readonly {
  readonly fault: MessageFault;
  readonly ends: { readonly receive: number; readonly return: number };
}[] = [
  { fault: { fault: 'drop-message', ...message }, ends: { receive: 0, return: 1 } },
  { fault: { fault: 'drop-message', ...message, part: 'answer' }, ends: { receive: 1, return: 1 } },
  {
    fault: { fault: 'delay-message', ...message, delayMs: 100 },
    ends: { receive: 1, return: 1 },
  },
  {
    fault: { fault: 'delay-message', ...message, delayMs: 100, part: 'answer' },
    ends: { receive: 1, return: 1 },
  },
  { fault: { fault: 'duplicate-message', ...message }, ends: { receive: 2, return: 1 } },
  {
    fault: { fault: 'duplicate-message', ...message, part: 'answer' },
    ends: { receive: 1, return: 2 },
  },
];

for (const { fault, ends } of messageFaults) {
  test(`${fault.fault} (${fault.part ?? 'request'}): nothing is lost or doubled`, async (t) => {
    const bank = await Bank.open(t, { faults: [fault] });
    await bank.serve();
    assert.deepEqual(inShort(await bank.visit(1, 1, visit)), answers);
    assert.deepEqual(await bank.settled(), settled);
    assert.deepEqual(bank.faults(), [`${fault.fault} of branch-1`]);
    const first = bank
      .history()
      .find((record) => record.kind === 'call' && record.to === 'branch-2');
    assert.ok(first?.kind === 'call');
    const count = (kind: 'receive' | 'return'): number =>
      bank.history().filter((record) => record.kind === kind && record.message === first.message)
        .length;
    assert.deepEqual({ receive: count('receive'), return: count('return') }, ends);
  });
}

test('a request that arrives when it was long given up changes nothing', async (t) => {
  const fault = { fault: 'delay-message', ...message, delayMs: 1_500 } as const;
  const bank = await Bank.open(t, { faults: [fault] });
  await bank.serve();
  assert.deepEqual(inShort(await bank.visit(1, 1, visit)), answers);
  const first = bank.history().find((record) => record.kind === 'call' && record.to === 'branch-2');
  assert.ok(first?.kind === 'call');
  await bank.until((record) => record.kind === 'reply' && record.message === first.message);
  assert.deepEqual(await bank.settled(), settled);
});

test('a decision that is lost is told again', async (t) => {
  const fault = { fault: 'drop-message', interface: 'decide', from: 1, to: 3, message: 1 } as const;
  const bank = await Bank.open(t, { faults: [fault] });
  await bank.serve();
  await bank.visit(1, 1, events('deposit 1'));
  assert.deepEqual(await bank.settled(), { balance: 401, version: 1 });
  assert.deepEqual(bank.faults(), ['drop-message of branch-1']);
});

test('a branch that stands still makes others wait, no more', async (t) => {
  const when = 'before-acknowledge';
  const fault: BranchFault = {
    fault: 'pause-branch',
    branch: 3,
    when,
    update: 1,
    resumeAfterMs: 400,
  };
  const bank = await Bank.open(t, { faults: [fault] });
  await bank.serve();
  assert.deepEqual(inShort(await bank.visit(1, 1, visit)), answers);
  assert.deepEqual(await bank.settled(), settled);
  const told = bank.history().filter(({ process }) => process === 'branch-3');
  const struck = told.findIndex(({ kind }) => kind === 'fault');
  const [before, afterwards] = told.slice(struck, struck + 2);
  assert.ok(before && afterwards && afterwards.mono - before.mono >= 400_000);
  assert.equal(afterwards.life, 0);
});

test('a branch that is kept down misses as many updates as declared, then returns', async (t) => {
  const when = 'after-record';
  const fault: BranchFault = { fault: 'keep-branch-down', branch: 2, when, update: 1, updates: 2 };
  const deadlines = { customerCallMs: 10_000, updateMs: 300 };
  const bank = await Bank.open(t, { faults: [fault], deadlines });
  await bank.serve();
  const fails = 'fail branch-missing';
  const missing = await bank.visit(1, 1, events('deposit 1', 'query', 'deposit 2', 'query'));
  assert.deepEqual(inShort(missing), [fails, 400, fails, 400]);
  await bank.serving(2);
  assert.deepEqual(inShort(await bank.visit(2, 3, events('deposit 3', 'query'))), ['success', 403]);
  assert.deepEqual(await bank.settled(), { balance: 403, version: 1 });
});

test('a fault strikes once in a run, whatever is started again in between', async (t) => {
  const when = 'after-record';
  const faults: BranchFault[] = [1, 2, 3].map((update) => ({
    fault: 'kill-branch',
    branch: 2,
    when,
    update,
  }));
  const bank = await Bank.open(t, { faults });
  await bank.serve();
  assert.deepEqual(inShort(await bank.visit(1, 1, visit)), answers);
  assert.deepEqual(await bank.settled(), settled);
  const texts = bank.history().flatMap((record) => (record.kind === 'fault' ? [record.text] : []));
  assert.deepEqual(
    texts,
    [1, 2, 3].map((n) => `kill-branch: branch-2 after it recorded update ${n}`),
  );
});

test('branches that are killed again and again, at any time: nothing is lost or doubled', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const deposits = Array.from({ length: 200 }, () => 'deposit 1');
  const visiting = bank.visit(1, 1, events(...deposits, 'query'));
  const over = visiting.then(() => true);
  const killAndServe = async (branch: number): Promise<false> => {
    await bank.kill(branch);
    await bank.serving(branch);
    return false;
  };
  let kills = 0;
  for (; kills < 12; kills += 1)
    if (await Promise.race([over, killAndServe((kills % 3) + 1)])) break;
  assert.deepEqual(inShort(await visiting), [...deposits.map(() => 'success'), 600]);
  assert.deepEqual(await bank.settled(), { balance: 600, version: 200 });
  assert.ok(kills >= 3, `${kills} kills`);
});
