import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AppliedEvent as _bank_AppliedEvent, AppliedEvent__Output as _bank_AppliedEvent__Output } from './bank/AppliedEvent.ts';
import type { AskRequest as _bank_AskRequest, AskRequest__Output as _bank_AskRequest__Output } from './bank/AskRequest.ts';
import type { AskResponse as _bank_AskResponse, AskResponse__Output as _bank_AskResponse__Output } from './bank/AskResponse.ts';
import type { BranchClient as _bank_BranchClient, BranchDefinition as _bank_BranchDefinition } from './bank/Branch.ts';
import type { ConnectRequest as _bank_ConnectRequest, ConnectRequest__Output as _bank_ConnectRequest__Output } from './bank/ConnectRequest.ts';
import type { ConnectResponse as _bank_ConnectResponse, ConnectResponse__Output as _bank_ConnectResponse__Output } from './bank/ConnectResponse.ts';
import type { DecideRequest as _bank_DecideRequest, DecideRequest__Output as _bank_DecideRequest__Output } from './bank/DecideRequest.ts';
import type { DecideResponse as _bank_DecideResponse, DecideResponse__Output as _bank_DecideResponse__Output } from './bank/DecideResponse.ts';
import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from './bank/Envelope.ts';
import type { EventIdentity as _bank_EventIdentity, EventIdentity__Output as _bank_EventIdentity__Output } from './bank/EventIdentity.ts';
import type { Fence as _bank_Fence, Fence__Output as _bank_Fence__Output } from './bank/Fence.ts';
import type { PropagateRequest as _bank_PropagateRequest, PropagateRequest__Output as _bank_PropagateRequest__Output } from './bank/PropagateRequest.ts';
import type { PropagateResponse as _bank_PropagateResponse, PropagateResponse__Output as _bank_PropagateResponse__Output } from './bank/PropagateResponse.ts';
import type { QueryRequest as _bank_QueryRequest, QueryRequest__Output as _bank_QueryRequest__Output } from './bank/QueryRequest.ts';
import type { QueryResponse as _bank_QueryResponse, QueryResponse__Output as _bank_QueryResponse__Output } from './bank/QueryResponse.ts';
import type { RecoverRequest as _bank_RecoverRequest, RecoverRequest__Output as _bank_RecoverRequest__Output } from './bank/RecoverRequest.ts';
import type { RecoverResponse as _bank_RecoverResponse, RecoverResponse__Output as _bank_RecoverResponse__Output } from './bank/RecoverResponse.ts';
import type { ReplicaState as _bank_ReplicaState, ReplicaState__Output as _bank_ReplicaState__Output } from './bank/ReplicaState.ts';
import type { SettleRequest as _bank_SettleRequest, SettleRequest__Output as _bank_SettleRequest__Output } from './bank/SettleRequest.ts';
import type { SettleResponse as _bank_SettleResponse, SettleResponse__Output as _bank_SettleResponse__Output } from './bank/SettleResponse.ts';
import type { UndecidedUpdate as _bank_UndecidedUpdate, UndecidedUpdate__Output as _bank_UndecidedUpdate__Output } from './bank/UndecidedUpdate.ts';
import type { UpdateRequest as _bank_UpdateRequest, UpdateRequest__Output as _bank_UpdateRequest__Output } from './bank/UpdateRequest.ts';
import type { UpdateResponse as _bank_UpdateResponse, UpdateResponse__Output as _bank_UpdateResponse__Output } from './bank/UpdateResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  bank: {
    AppliedEvent: MessageTypeDefinition<_bank_AppliedEvent, _bank_AppliedEvent__Output>
    AskRequest: MessageTypeDefinition<_bank_AskRequest, _bank_AskRequest__Output>
    AskResponse: MessageTypeDefinition<_bank_AskResponse, _bank_AskResponse__Output>
    Branch: SubtypeConstructor<typeof grpc.Client, _bank_BranchClient> & { service: _bank_BranchDefinition }
    ConnectRequest: MessageTypeDefinition<_bank_ConnectRequest, _bank_ConnectRequest__Output>
    ConnectResponse: MessageTypeDefinition<_bank_ConnectResponse, _bank_ConnectResponse__Output>
    DecideRequest: MessageTypeDefinition<_bank_DecideRequest, _bank_DecideRequest__Output>
    DecideResponse: MessageTypeDefinition<_bank_DecideResponse, _bank_DecideResponse__Output>
    Decision: EnumTypeDefinition
    Envelope: MessageTypeDefinition<_bank_Envelope, _bank_Envelope__Output>
    EventIdentity: MessageTypeDefinition<_bank_EventIdentity, _bank_EventIdentity__Output>
    Fence: MessageTypeDefinition<_bank_Fence, _bank_Fence__Output>
    PropagateRequest: MessageTypeDefinition<_bank_PropagateRequest, _bank_PropagateRequest__Output>
    PropagateResponse: MessageTypeDefinition<_bank_PropagateResponse, _bank_PropagateResponse__Output>
    QueryRequest: MessageTypeDefinition<_bank_QueryRequest, _bank_QueryRequest__Output>
    QueryResponse: MessageTypeDefinition<_bank_QueryResponse, _bank_QueryResponse__Output>
    RecoverRequest: MessageTypeDefinition<_bank_RecoverRequest, _bank_RecoverRequest__Output>
    RecoverResponse: MessageTypeDefinition<_bank_RecoverResponse, _bank_RecoverResponse__Output>
    ReplicaState: MessageTypeDefinition<_bank_ReplicaState, _bank_ReplicaState__Output>
    Result: EnumTypeDefinition
    SettleRequest: MessageTypeDefinition<_bank_SettleRequest, _bank_SettleRequest__Output>
    SettleResponse: MessageTypeDefinition<_bank_SettleResponse, _bank_SettleResponse__Output>
    UndecidedUpdate: MessageTypeDefinition<_bank_UndecidedUpdate, _bank_UndecidedUpdate__Output>
    UpdateRequest: MessageTypeDefinition<_bank_UpdateRequest, _bank_UpdateRequest__Output>
    UpdateResponse: MessageTypeDefinition<_bank_UpdateResponse, _bank_UpdateResponse__Output>
  }
}

