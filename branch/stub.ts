import type { BranchAddress } from '../bank/topology.ts';
import { BranchStub, routeTo, type Access } from '../rpc/client.ts';
import type { BranchCalls } from '../rpc/service.ts';
import { describeFailure, type CallResult } from '../rpc/status.ts';
import type { PeerRequest, Propagation, Recover, Response } from './protocol.ts';
import { readRecollection } from './recover-wire.ts';

type Envelope = NonNullable<BranchCalls['Query']['request']['envelope']>;

/** What a fellow branch answered, with its Lamport clock. */
export interface FellowAnswer {
  readonly response: Response;
  readonly clock: number;
}

/** A fellow branch, as this branch reaches it. Many never hear from us, so it connects late. */
export class FellowStub {
  readonly id: number;
  readonly process: string;
  private readonly access: Access;
  private address: BranchAddress;
  private opened: BranchStub | undefined;

  constructor(address: BranchAddress, access: Access) {
    this.id = address.id;
    this.process = address.process;
    this.address = address;
    this.access = access;
  }

  /** It is reached at its new place with the next request; what the old one owes is lost. */
  moved(address: BranchAddress): void {
    this.address = address;
    this.opened?.close();
    this.opened = undefined;
  }

  /** Connects before the first request, which then need not wait for it. */
  connect(): void {
    this.reach().connect();
  }

  /** @param deadline in milliseconds since 1970 */
  async send(
    request: PeerRequest,
    envelope: Envelope,
    deadline: number,
  ): Promise<CallResult<FellowAnswer>> {
    const result = await call(this.reach(), request, { envelope, deadline });
    if (result.ok) return result;
    const detail = describeFailure(this.process, request.interface, result.failure);
    return { ok: false, failure: { status: result.failure.status, detail } };
  }

  private reach(): BranchStub {
    this.opened ??= new BranchStub(routeTo(this.address, this.access));
    return this.opened;
  }
}

interface Posting {
  readonly envelope: Envelope;
  readonly deadline: number;
}

function call(
  stub: BranchStub,
  request: PeerRequest,
  posting: Posting,
): Promise<CallResult<FellowAnswer>> {
  switch (request.interface) {
    case 'propagate_deposit':
    case 'propagate_withdraw':
      return propagate(stub, request, posting);
    case 'decide':
      return decide(stub, request, posting);
    case 'ask':
      return ask(stub, request.tx, posting);
    case 'recover':
      return recover(stub, request, posting);
  }
}

async function propagate(
  stub: BranchStub,
  request: Propagation,
  { envelope, deadline }: Posting,
): Promise<CallResult<FellowAnswer>> {
  const { interface: name, money, origin, tx, version, prevTx, event } = request;
  const message = { envelope, event, money, origin, tx, version, prev_tx: prevTx };
  const call = name === 'propagate_deposit' ? 'Propagate_Deposit' : 'Propagate_Withdraw';
  const result = await stub.call(call, message, deadline);
  if (!result.ok) return result;
  const { result: outcome, reason, clock } = result.response;
  if (outcome === 'SUCCESS') return answered({ interface: name }, clock);
  return malformed(`it answered ${outcome} ${reason}`);
}

async function decide(
  stub: BranchStub,
  { tx, decision }: Extract<PeerRequest, { interface: 'decide' }>,
  { envelope, deadline }: Posting,
): Promise<CallResult<FellowAnswer>> {
  const name = decision === 'committed' ? 'COMMITTED' : 'ABORTED';
  const result = await stub.call('Decide', { envelope, tx, decision: name }, deadline);
  if (!result.ok) return result;
  return answered({ interface: 'decide' }, result.response.clock);
}

async function ask(
  stub: BranchStub,
  tx: string,
  { envelope, deadline }: Posting,
): Promise<CallResult<FellowAnswer>> {
  const result = await stub.call('Ask', { envelope, tx }, deadline);
  if (!result.ok) return result;
  const { decision, clock } = result.response;
  const known = decisions.get(decision);
  if (known === undefined) return malformed(`it answered with the decision ${decision}`);
  return answered({ interface: 'ask', decision: known }, clock);
}

async function recover(
  stub: BranchStub,
  { fences }: Recover,
  { envelope, deadline }: Posting,
): Promise<CallResult<FellowAnswer>> {
  const result = await stub.call('Recover', { envelope, fences: [...fences] }, deadline);
  if (!result.ok) return result;
  const read = readRecollection(result.response);
  return typeof read === 'string' ? malformed(read) : answered(read, result.response.clock);
}

const decisions = new Map<string, 'committed' | 'aborted' | 'undecided'>([
  ['COMMITTED', 'committed'],
  ['ABORTED', 'aborted'],
  ['UNDECIDED', 'undecided'],
]);

const answered = (response: Response, clock: number): CallResult<FellowAnswer> => ({
  ok: true,
  response: { response, clock },
});

const malformed = (detail: string): CallResult<never> => ({
  ok: false,
  failure: { status: 'INTERNAL', detail },
});
