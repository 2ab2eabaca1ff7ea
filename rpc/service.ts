import type { MethodDefinition } from '@grpc/grpc-js';
import type { AskRequest__Output as AskRequest } from './generated/bank/AskRequest.ts';
import type { AskResponse__Output as AskResponse } from './generated/bank/AskResponse.ts';
import type { ConnectRequest__Output as ConnectRequest } from './generated/bank/ConnectRequest.ts';
import type { ConnectResponse__Output as ConnectResponse } from './generated/bank/ConnectResponse.ts';
import type { DecideRequest__Output as DecideRequest } from './generated/bank/DecideRequest.ts';
import type { DecideResponse__Output as DecideResponse } from './generated/bank/DecideResponse.ts';
import type { PropagateRequest__Output as PropagateRequest } from './generated/bank/PropagateRequest.ts';
import type { PropagateResponse__Output as PropagateResponse } from './generated/bank/PropagateResponse.ts';
import type { QueryRequest__Output as QueryRequest } from './generated/bank/QueryRequest.ts';
import type { QueryResponse__Output as QueryResponse } from './generated/bank/QueryResponse.ts';
import type { RecoverRequest__Output as RecoverRequest } from './generated/bank/RecoverRequest.ts';
import type { RecoverResponse__Output as RecoverResponse } from './generated/bank/RecoverResponse.ts';
import type { SettleRequest__Output as SettleRequest } from './generated/bank/SettleRequest.ts';
import type { SettleResponse__Output as SettleResponse } from './generated/bank/SettleResponse.ts';
import type { UpdateRequest__Output as UpdateRequest } from './generated/bank/UpdateRequest.ts';
import type { UpdateResponse__Output as UpdateResponse } from './generated/bank/UpdateResponse.ts';
import { Branch, Health } from './generated/messages.ts';

/** The one place that says how messages become bytes. Serialisers and names come from the proto. */

/** Request and answer of every call of `bank.Branch`, whole numbers as JavaScript numbers. */
export interface BranchCalls {
  Query: Call<QueryRequest, QueryResponse>;
  Deposit: Call<UpdateRequest, UpdateResponse>;
  Withdraw: Call<UpdateRequest, UpdateResponse>;
  Propagate_Deposit: Call<PropagateRequest, PropagateResponse>;
  Propagate_Withdraw: Call<PropagateRequest, PropagateResponse>;
  Decide: Call<DecideRequest, DecideResponse>;
  Ask: Call<AskRequest, AskResponse>;
  Recover: Call<RecoverRequest, RecoverResponse>;
  Connect: Call<ConnectRequest, ConnectResponse>;
  Settle: Call<SettleRequest, SettleResponse>;
}

interface Call<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

export type BranchCallName = keyof BranchCalls;

type BranchService = {
  readonly [Name in BranchCallName]: MethodDefinition<
    BranchCalls[Name]['request'],
    BranchCalls[Name]['response']
  >;
};

export const branchServiceName = 'bank.Branch';
export const branchService: BranchService = Branch;
export const healthService = Health;
