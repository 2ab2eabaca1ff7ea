/** Whatever is thrown at a branch, it goes on serving and its balance does not change. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { limits } from '../bank/limits.ts';
import { branchService, type BranchCallName } from '../rpc/service.ts';
import { Bank } from './bank.ts';
import { Random } from './simulation/random.ts';

const names = Object.keys(branchService) as BranchCallName[];
const envelope = { run_id: 'test-run', sender: 'visit-1', message: 'visit-1/0/1', clock: 1 };
const soon = (): number => Date.now() + 10_000;

/** The balance is what it was, everywhere, and every branch lives its first life. */
async function assertUnharmed(bank: Bank): Promise<void> {
  assert.deepEqual(await bank.settled(), { balance: 400, version: 0 });
  assert.ok(bank.history().every(({ life }) => life === 0));
  for (const { id } of bank.topology.branches)
    assert.deepEqual(
      bank.ledger(id).map(({ kind }) => kind),
      ['open'],
    );
}

const tx = '1.1';
const fellow = { ...envelope, sender: 'branch-2' };
const propagation = { envelope: fellow, money: 1, origin: 2, tx: '2.1', version: 1, prev_tx: '' };
const noFence = { envelope: fellow, fences: [{ branch: 2, incarnation: 0 }] };

const nonsense = [
  { title: 'a deposit of nothing', call: 'Deposit', message: { envelope, money: 0 } },
  {
    title: 'a withdrawal of less than nothing',
    call: 'Withdraw',
    message: { envelope, money: -5 },
  },
  { title: 'a deposit of more than 2^53 - 1', call: 'Deposit', message: { money: 2 ** 53 } },
  {
    title: 'a propagation of nothing',
    call: 'Propagate_Withdraw',
    message: { ...propagation, money: 0 },
  },
  {
    title: 'a propagation without an identity',
    call: 'Propagate_Deposit',
    message: { ...propagation, tx: '' },
  },
  {
    title: 'a propagation of another branch than it says',
    call: 'Propagate_Deposit',
    message: { ...propagation, origin: 3 },
  },
  {
    title: 'a propagation of no branch of this run',
    call: 'Propagate_Deposit',
    message: { ...propagation, origin: 9, tx: '9.1' },
  },
  {
    title: 'a propagation for version 0',
    call: 'Propagate_Deposit',
    message: { ...propagation, version: 0 },
  },
  {
    title: 'a decision that is none',
    call: 'Decide',
    message: { envelope, tx, decision: 'UNDECIDED' },
  },
  { title: 'a question about nothing', call: 'Ask', message: { envelope, tx: 'x' } },
  { title: 'a question of no branch', call: 'Ask', message: { envelope, tx } },
  {
    title: 'a fence around nothing',
    call: 'Recover',
    message: noFence,
  },
  {
    title: 'a sender with an endless name',
    call: 'Deposit',
    message: { money: 1, envelope: { ...envelope, sender: 'x'.repeat(1_000) } },
  },
] as const;

test('a request that makes no sense is refused with INVALID_ARGUMENT', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const stub = bank.stub(1);
  for (const { title, call, message } of nonsense) {
    const answer = await stub.call(call, message, soon());
    assert.equal(answer.ok ? 'OK' : answer.failure.status, 'INVALID_ARGUMENT', title);
    assert.ok(!answer.ok && answer.failure.detail.length < 300);
  }
  await assertUnharmed(bank);
});

/** Sends bytes as if they were the message of a call, and waits for the status. */
function callWithBytes(client: Client, call: BranchCallName, bytes: Buffer): Promise<status> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      branchService[call].path,
      (message: Buffer) => message,
      (message: Buffer) => message,
      bytes,
      { deadline: soon() },
      (error: ServiceError | null) => resolve(error?.code ?? status.OK),
    );
  });
}

test('a request that is too large is refused with RESOURCE_EXHAUSTED', async (t) => {
  const bank = await Bank.open(t);
  await bank.serve();
  const client = new Client(bank.target(1), credentials.createInsecure());
  t.after(() => client.close());
  for (const call of names) {
    const code = await callWithBytes(client, call, Buffer.alloc(limits.messageBytes + 1));
    assert.equal(code, status.RESOURCE_EXHAUSTED, call);
  }
  await assertUnharmed(bank);
});

function randomBytes(random: Random, longest: number): Buffer {
  return Buffer.from(
    Array.from({ length: random.between(0, longest) }, () => random.between(0, 255)),
  );
}

/** A sensible message of a stranger, with some of its bytes changed. */
function brokenMessage(random: Random, call: BranchCallName): Buffer {
  const stranger = { ...envelope, run_id: 'another' };
  const message = {
    ...propagation,
    envelope: stranger,
    decision: 'COMMITTED' as const,
    fences: [],
  };
  const bytes = branchService[call].requestSerialize(message);
  const changed = Buffer.from(bytes);
  for (let changes = random.between(1, 4); changes > 0; changes -= 1)
    changed[random.between(0, changed.length - 1)] = random.between(0, 255);
  return changed;
}

/** Deposits and withdrawals that happen to make sense are served, so a stranger sends none. */
const forStrangers = names.filter((call) => call !== 'Deposit' && call !== 'Withdraw');

const seed = 20_251;

test(`random messages (seed ${seed}) leave a branch as it was`, async (t) => {
  const random = new Random(seed);
  const bank = await Bank.open(t);
  await bank.serve();
  const client = new Client(bank.target(1), credentials.createInsecure());
  t.after(() => client.close());
  for (let round = 0; round < 2_000; round += 1) {
    const call = random.pick(forStrangers);
    const bytes = random.chance(0.5) ? randomBytes(random, 200) : brokenMessage(random, call);
    await callWithBytes(client, call, bytes);
  }
  await assertUnharmed(bank);
});

/** The first bytes of every HTTP/2 connection. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

async function throwBytes(file: string, bytes: Buffer): Promise<void> {
  const socket = net.connect(file);
  // The branch may hang up while we still write.
  socket.on('error', () => {});
  socket.end(bytes);
  socket.resume();
  await once(socket, 'close');
}

test(`random bytes on the socket (seed ${seed}) leave a branch as it was`, async (t) => {
  const random = new Random(seed);
  const bank = await Bank.open(t);
  await bank.serve();
  const file = bank.target(1).slice('unix:'.length);
  for (let round = 0; round < 300; round += 1) {
    const bytes = randomBytes(random, 500);
    await throwBytes(file, random.chance(0.5) ? bytes : Buffer.concat([preface, bytes]));
  }
  await assertUnharmed(bank);
});
