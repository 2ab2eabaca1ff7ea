/** Real branches whose ledgers are lost with their machine, and old processes that live on. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Fault } from '../bank/faults.ts';
import { exitCode } from '../process/exit.ts';
import { movedTopic } from '../process/told.ts';
import { Lifeline } from '../process/lifeline-server.ts';
import type { BankSettings } from './bank-topology.ts';
import { Bank } from './bank.ts';
import { events, inShort } from './events.ts';
import { scratchFolder } from './scratch.ts';

const soon = (): number => Date.now() + 10_000;

/** A bank of three branches whose supervisor can tell them where a fellow has moved to. */
async function openBank(t: TestContext, settings: BankSettings = {}) {
  const file = path.join(scratchFolder(t), 'lifeline');
  const lifeline = await Lifeline.open(file, {
    held: () => {},
    released: () => {},
    said: () => {},
  });
  t.after(() => lifeline.close());
  const bank = await Bank.open(t, { ...settings, lifeline: file });
  const branches = bank.topology.branches.map(({ id }) => bank.startBranch(id));
  await Promise.all(bank.topology.branches.map(({ id }) => bank.serving(id)));
  const lose = (id: number) => {
    lifeline.tellAll({ topic: movedTopic, branch: bank.lose(id) });
    return bank.startBranch(id);
  };
  return { bank, lose, branches };
}

const deposit = { envelope: undefined, event: undefined, money: 7 };

test('a lost ledger is recovered from the fellows, and the old process is let in no more', async (t) => {
  const { bank, lose, branches } = await openBank(t);
  assert.deepEqual(inShort(await bank.visit(1, 2, events('deposit 20', 'withdraw 5'))), [
    'success',
    'success',
  ]);
  await bank.settled();
  const old = bank.stub(2);
  lose(2);
  await bank.serving(2);
  assert.deepEqual(inShort(await bank.visit(2, 2, events('query', 'withdraw 15', 'query'))), [
    415,
    'success',
    400,
  ]);
  // The old process knows nothing of this, and proposes what nobody may vote for.
  assert.equal((await old.call('Deposit', deposit, soon())).ok, false);
  const ended = await branches[1]?.ended;
  assert.equal(ended?.code, exitCode.ledgerUnusable);
  assert.match(ended.stderr, /branch 2 was given up and started anew on another machine/);
  assert.deepEqual(await bank.settled(), { balance: 400, version: 3 });
  const { kind, version, balance } = bank.ledger(2)[1] ?? {};
  assert.deepEqual({ kind, version, balance }, { kind: 'recover', version: 2, balance: 415 });
  assert.equal(bank.ledger(2)[2]?.['tx'], '2.1000000001');
  const [told] = bank.history().filter((record) => record.kind === 'recover');
  assert.deepEqual(
    told && { life: told.life, version: told.version, incarnation: told.incarnation },
    { life: 1, version: 2, incarnation: 2 },
  );
});

test('a branch that recovered its ledger is started again with it', async (t) => {
  const { bank, lose } = await openBank(t);
  await bank.visit(1, 2, events('deposit 20'));
  await bank.settled();
  const recovered = lose(2);
  await bank.serving(2);
  recovered.child.kill('SIGKILL');
  await recovered.ended;
  bank.startBranch(2);
  await bank.serving(2);
  await bank.visit(2, 1, events('withdraw 1'));
  assert.deepEqual(await bank.settled(), { balance: 419, version: 2 });
  assert.deepEqual(
    bank
      .history()
      .flatMap((record) => (record.process === 'branch-2' && 'balance' in record ? record : []))
      .filter(({ kind }) => kind === 'replay' || kind === 'recover')
      .map(({ kind, life, balance }) => [kind, life, balance]),
    [
      ['replay', 0, 400],
      ['recover', 1, 420],
      ['replay', 2, 420],
    ],
  );
});

test('several ledgers that are lost with one machine are recovered from the rest', async (t) => {
  const { bank, lose } = await openBank(t);
  await bank.visit(1, 2, events('deposit 20'));
  await bank.settled();
  await Promise.all([bank.kill(2), bank.kill(3)]);
  lose(2);
  lose(3);
  await Promise.all([bank.serving(2), bank.serving(3)]);
  await bank.visit(2, 3, events('withdraw 10'));
  assert.deepEqual(await bank.settled(), { balance: 410, version: 2 });
});

test('a customer’s retry at the recovered branch gets the answer that the update had', async (t) => {
  const { bank, lose } = await openBank(t);
  await bank.visit(1, 2, events('deposit 20'));
  await bank.settled();
  await bank.kill(2);
  lose(2);
  await bank.serving(2);
  const event = { entry: 1, position: 1 };
  const envelope = { run_id: bank.topology.runId, sender: 'visit-1', message: '', clock: 0 };
  const again = await bank.stub(2).call('Deposit', { envelope, event, money: 20 }, soon());
  assert.ok(again.ok && again.response.result === 'SUCCESS' && again.response.version === 1);
  assert.deepEqual(await bank.settled(), { balance: 420, version: 1 });
});

/** Branch 2 dies beside its decision of its first update. */
const killed = (when: 'before-decide' | 'after-decide'): Fault => ({
  fault: 'kill-branch',
  branch: 2,
  when,
  update: 1,
});

test('an update in doubt is a clear refusal, which names it and who holds it', async (t) => {
  const { bank, lose, branches } = await openBank(t, { faults: [killed('after-decide')] });
  const visit = bank.startVisit(1, 2, events('deposit 20'));
  await branches[1]?.ended;
  const { code, stderr } = await lose(2).ended;
  assert.equal(code, exitCode.ledgerUnusable);
  assert.match(
    stderr,
    /branch 2 cannot recover the ledger that was lost with its machine: branch 1 and branch 3 hold update 2\.1 of branch 2 ready for version 1, and only a lost ledger knew whether it was committed/,
  );
  visit.child.kill('SIGKILL');
});

test('an update in doubt is what the shared ledger of its lost origin says', async (t) => {
  const settings = { sharedLedgers: true, faults: [killed('after-decide')] };
  const { bank, lose, branches } = await openBank(t, settings);
  const visit = bank.startVisit(1, 2, events('deposit 20'));
  await branches[1]?.ended;
  visit.child.kill('SIGKILL');
  await visit.ended;
  const before = bank.ledger(2);
  lose(2);
  await bank.serving(2);
  assert.deepEqual(inShort(await bank.visit(2, 2, events('query', 'withdraw 5'))), [
    420,
    'success',
  ]);
  assert.deepEqual(await bank.settled(), { balance: 415, version: 2 });
  const { kind, version, balance } = bank.ledger(2)[1] ?? {};
  assert.deepEqual({ kind, version, balance }, { kind: 'recover', version: 1, balance: 420 });
  // Each incarnation writes into a file of its own, and knows the events of the one before.
  assert.deepEqual(bank.ledger(2, 1), before);
  const event = { entry: 1, position: 1 };
  const envelope = { run_id: bank.topology.runId, sender: 'visit-1', message: '', clock: 0 };
  const again = await bank.stub(2).call('Deposit', { envelope, event, money: 20 }, soon());
  assert.ok(again.ok && again.response.result === 'SUCCESS' && again.response.version === 1);
});

test('an update that the shared ledger does not decide stays in doubt', async (t) => {
  const settings = { sharedLedgers: true, faults: [killed('before-decide')] };
  const { bank, lose, branches } = await openBank(t, settings);
  const visit = bank.startVisit(1, 2, events('deposit 20'));
  await branches[1]?.ended;
  const { code, stderr } = await lose(2).ended;
  assert.equal(code, exitCode.ledgerUnusable);
  assert.match(
    stderr,
    /hold update 2\.1 of branch 2 ready for version 1, and \S+\/branch-2\.jsonl does not tell what became of it/,
  );
  visit.child.kill('SIGKILL');
});
