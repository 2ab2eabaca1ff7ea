import type { ServiceDefinition } from '@grpc/grpc-js';
import {
  fromJSON,
  type MethodDefinition,
  type Options,
  type PackageDefinition,
} from '@grpc/proto-loader';
import type { AskRequest__Output as AskRequest } from './generated/bank/AskRequest.ts';
import type { AskResponse__Output as AskResponse } from './generated/bank/AskResponse.ts';
import type { DecideRequest__Output as DecideRequest } from './generated/bank/DecideRequest.ts';
import type { DecideResponse__Output as DecideResponse } from './generated/bank/DecideResponse.ts';
import type { PropagateRequest__Output as PropagateRequest } from './generated/bank/PropagateRequest.ts';
import type { PropagateResponse__Output as PropagateResponse } from './generated/bank/PropagateResponse.ts';
import type { QueryRequest__Output as QueryRequest } from './generated/bank/QueryRequest.ts';
import type { QueryResponse__Output as QueryResponse } from './generated/bank/QueryResponse.ts';
import type { SettleRequest__Output as SettleRequest } from './generated/bank/SettleRequest.ts';
import type { SettleResponse__Output as SettleResponse } from './generated/bank/SettleResponse.ts';
import type { UpdateRequest__Output as UpdateRequest } from './generated/bank/UpdateRequest.ts';
import type { UpdateResponse__Output as UpdateResponse } from './generated/bank/UpdateResponse.ts';
import { descriptor } from './generated/descriptor.ts';
import type { HealthDefinition } from './generated/grpc/health/v1/Health.ts';

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

/**
 * 64-bit fields arrive as numbers. One beyond 2^53 - 1 arrives rounded, and rounded to a number
 * that is not a safe integer: whoever validates the message sees it.
 */
const options: Options = { keepCase: true, longs: Number, enums: String, defaults: true };

/** Every service and message of the wire, by full name. */
export const definitions: PackageDefinition = fromJSON(
  descriptor as Parameters<typeof fromJSON>[0],
  options,
);

export const branchServiceName = 'bank.Branch';
export const branchService = service(branchServiceName) as BranchService;
export const healthService = service('grpc.health.v1.Health') as HealthDefinition;

function service(name: string): ServiceDefinition {
  const definition = definitions[name];
  if (definition === undefined) throw new Error(`the wire descriptor has no service ${name}`);
  return definition as ServiceDefinition;
}
