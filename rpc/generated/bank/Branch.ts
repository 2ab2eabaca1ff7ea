// Original file: proto/bank.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AskRequest as _bank_AskRequest, AskRequest__Output as _bank_AskRequest__Output } from '../bank/AskRequest.ts';
import type { AskResponse as _bank_AskResponse, AskResponse__Output as _bank_AskResponse__Output } from '../bank/AskResponse.ts';
import type { ConnectRequest as _bank_ConnectRequest, ConnectRequest__Output as _bank_ConnectRequest__Output } from '../bank/ConnectRequest.ts';
import type { ConnectResponse as _bank_ConnectResponse, ConnectResponse__Output as _bank_ConnectResponse__Output } from '../bank/ConnectResponse.ts';
import type { DecideRequest as _bank_DecideRequest, DecideRequest__Output as _bank_DecideRequest__Output } from '../bank/DecideRequest.ts';
import type { DecideResponse as _bank_DecideResponse, DecideResponse__Output as _bank_DecideResponse__Output } from '../bank/DecideResponse.ts';
import type { PropagateRequest as _bank_PropagateRequest, PropagateRequest__Output as _bank_PropagateRequest__Output } from '../bank/PropagateRequest.ts';
import type { PropagateResponse as _bank_PropagateResponse, PropagateResponse__Output as _bank_PropagateResponse__Output } from '../bank/PropagateResponse.ts';
import type { QueryRequest as _bank_QueryRequest, QueryRequest__Output as _bank_QueryRequest__Output } from '../bank/QueryRequest.ts';
import type { QueryResponse as _bank_QueryResponse, QueryResponse__Output as _bank_QueryResponse__Output } from '../bank/QueryResponse.ts';
import type { RecoverRequest as _bank_RecoverRequest, RecoverRequest__Output as _bank_RecoverRequest__Output } from '../bank/RecoverRequest.ts';
import type { RecoverResponse as _bank_RecoverResponse, RecoverResponse__Output as _bank_RecoverResponse__Output } from '../bank/RecoverResponse.ts';
import type { SettleRequest as _bank_SettleRequest, SettleRequest__Output as _bank_SettleRequest__Output } from '../bank/SettleRequest.ts';
import type { SettleResponse as _bank_SettleResponse, SettleResponse__Output as _bank_SettleResponse__Output } from '../bank/SettleResponse.ts';
import type { UpdateRequest as _bank_UpdateRequest, UpdateRequest__Output as _bank_UpdateRequest__Output } from '../bank/UpdateRequest.ts';
import type { UpdateResponse as _bank_UpdateResponse, UpdateResponse__Output as _bank_UpdateResponse__Output } from '../bank/UpdateResponse.ts';

export interface BranchClient extends grpc.Client {
  Ask(argument: _bank_AskRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  Ask(argument: _bank_AskRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  Ask(argument: _bank_AskRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  Ask(argument: _bank_AskRequest, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  ask(argument: _bank_AskRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  ask(argument: _bank_AskRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  ask(argument: _bank_AskRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  ask(argument: _bank_AskRequest, callback: grpc.requestCallback<_bank_AskResponse__Output>): grpc.ClientUnaryCall;
  
  Connect(argument: _bank_ConnectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  Connect(argument: _bank_ConnectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  Connect(argument: _bank_ConnectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  Connect(argument: _bank_ConnectRequest, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  connect(argument: _bank_ConnectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  connect(argument: _bank_ConnectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  connect(argument: _bank_ConnectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  connect(argument: _bank_ConnectRequest, callback: grpc.requestCallback<_bank_ConnectResponse__Output>): grpc.ClientUnaryCall;
  
  Decide(argument: _bank_DecideRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  Decide(argument: _bank_DecideRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  Decide(argument: _bank_DecideRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  Decide(argument: _bank_DecideRequest, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  decide(argument: _bank_DecideRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  decide(argument: _bank_DecideRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  decide(argument: _bank_DecideRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  decide(argument: _bank_DecideRequest, callback: grpc.requestCallback<_bank_DecideResponse__Output>): grpc.ClientUnaryCall;
  
  Deposit(argument: _bank_UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Deposit(argument: _bank_UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Deposit(argument: _bank_UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Deposit(argument: _bank_UpdateRequest, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  deposit(argument: _bank_UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  deposit(argument: _bank_UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  deposit(argument: _bank_UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  deposit(argument: _bank_UpdateRequest, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  
  Propagate_Deposit(argument: _bank_PropagateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Deposit(argument: _bank_PropagateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Deposit(argument: _bank_PropagateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Deposit(argument: _bank_PropagateRequest, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateDeposit(argument: _bank_PropagateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateDeposit(argument: _bank_PropagateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateDeposit(argument: _bank_PropagateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateDeposit(argument: _bank_PropagateRequest, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  
  Propagate_Withdraw(argument: _bank_PropagateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Withdraw(argument: _bank_PropagateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Withdraw(argument: _bank_PropagateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  Propagate_Withdraw(argument: _bank_PropagateRequest, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateWithdraw(argument: _bank_PropagateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateWithdraw(argument: _bank_PropagateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateWithdraw(argument: _bank_PropagateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  propagateWithdraw(argument: _bank_PropagateRequest, callback: grpc.requestCallback<_bank_PropagateResponse__Output>): grpc.ClientUnaryCall;
  
  Query(argument: _bank_QueryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _bank_QueryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _bank_QueryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  Query(argument: _bank_QueryRequest, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _bank_QueryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _bank_QueryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _bank_QueryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  query(argument: _bank_QueryRequest, callback: grpc.requestCallback<_bank_QueryResponse__Output>): grpc.ClientUnaryCall;
  
  Recover(argument: _bank_RecoverRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _bank_RecoverRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _bank_RecoverRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _bank_RecoverRequest, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _bank_RecoverRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _bank_RecoverRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _bank_RecoverRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _bank_RecoverRequest, callback: grpc.requestCallback<_bank_RecoverResponse__Output>): grpc.ClientUnaryCall;
  
  Settle(argument: _bank_SettleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  Settle(argument: _bank_SettleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  Settle(argument: _bank_SettleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  Settle(argument: _bank_SettleRequest, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  settle(argument: _bank_SettleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  settle(argument: _bank_SettleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  settle(argument: _bank_SettleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  settle(argument: _bank_SettleRequest, callback: grpc.requestCallback<_bank_SettleResponse__Output>): grpc.ClientUnaryCall;
  
  Withdraw(argument: _bank_UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Withdraw(argument: _bank_UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Withdraw(argument: _bank_UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  Withdraw(argument: _bank_UpdateRequest, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  withdraw(argument: _bank_UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  withdraw(argument: _bank_UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  withdraw(argument: _bank_UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  withdraw(argument: _bank_UpdateRequest, callback: grpc.requestCallback<_bank_UpdateResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface BranchHandlers extends grpc.UntypedServiceImplementation {
  Ask: grpc.handleUnaryCall<_bank_AskRequest__Output, _bank_AskResponse>;
  
  Connect: grpc.handleUnaryCall<_bank_ConnectRequest__Output, _bank_ConnectResponse>;
  
  Decide: grpc.handleUnaryCall<_bank_DecideRequest__Output, _bank_DecideResponse>;
  
  Deposit: grpc.handleUnaryCall<_bank_UpdateRequest__Output, _bank_UpdateResponse>;
  
  Propagate_Deposit: grpc.handleUnaryCall<_bank_PropagateRequest__Output, _bank_PropagateResponse>;
  
  Propagate_Withdraw: grpc.handleUnaryCall<_bank_PropagateRequest__Output, _bank_PropagateResponse>;
  
  Query: grpc.handleUnaryCall<_bank_QueryRequest__Output, _bank_QueryResponse>;
  
  Recover: grpc.handleUnaryCall<_bank_RecoverRequest__Output, _bank_RecoverResponse>;
  
  Settle: grpc.handleUnaryCall<_bank_SettleRequest__Output, _bank_SettleResponse>;
  
  Withdraw: grpc.handleUnaryCall<_bank_UpdateRequest__Output, _bank_UpdateResponse>;
  
}

export interface BranchDefinition extends grpc.ServiceDefinition {
  Ask: MethodDefinition<_bank_AskRequest, _bank_AskResponse, _bank_AskRequest__Output, _bank_AskResponse__Output>
  Connect: MethodDefinition<_bank_ConnectRequest, _bank_ConnectResponse, _bank_ConnectRequest__Output, _bank_ConnectResponse__Output>
  Decide: MethodDefinition<_bank_DecideRequest, _bank_DecideResponse, _bank_DecideRequest__Output, _bank_DecideResponse__Output>
  Deposit: MethodDefinition<_bank_UpdateRequest, _bank_UpdateResponse, _bank_UpdateRequest__Output, _bank_UpdateResponse__Output>
  Propagate_Deposit: MethodDefinition<_bank_PropagateRequest, _bank_PropagateResponse, _bank_PropagateRequest__Output, _bank_PropagateResponse__Output>
  Propagate_Withdraw: MethodDefinition<_bank_PropagateRequest, _bank_PropagateResponse, _bank_PropagateRequest__Output, _bank_PropagateResponse__Output>
  Query: MethodDefinition<_bank_QueryRequest, _bank_QueryResponse, _bank_QueryRequest__Output, _bank_QueryResponse__Output>
  Recover: MethodDefinition<_bank_RecoverRequest, _bank_RecoverResponse, _bank_RecoverRequest__Output, _bank_RecoverResponse__Output>
  Settle: MethodDefinition<_bank_SettleRequest, _bank_SettleResponse, _bank_SettleRequest__Output, _bank_SettleResponse__Output>
  Withdraw: MethodDefinition<_bank_UpdateRequest, _bank_UpdateResponse, _bank_UpdateRequest__Output, _bank_UpdateResponse__Output>
}
