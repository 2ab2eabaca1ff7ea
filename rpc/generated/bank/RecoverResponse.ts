// Original file: proto/bank.proto

import type { Fence as _bank_Fence, Fence__Output as _bank_Fence__Output } from '../bank/Fence.ts';
import type { ReplicaState as _bank_ReplicaState, ReplicaState__Output as _bank_ReplicaState__Output } from '../bank/ReplicaState.ts';
import type { Long } from '@grpc/proto-loader';

export interface RecoverResponse {
  'incarnation'?: (number);
  'fences'?: (_bank_Fence)[];
  'state'?: (_bank_ReplicaState | null);
  'clock'?: (number | string | Long);
  '_state'?: "state";
}

export interface RecoverResponse__Output {
  'incarnation': (number);
  'fences': (_bank_Fence__Output)[];
  'state'?: (_bank_ReplicaState__Output | null);
  'clock': (number);
}
