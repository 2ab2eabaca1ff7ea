// Original file: proto/bank.proto

import type { UndecidedUpdate as _bank_UndecidedUpdate, UndecidedUpdate__Output as _bank_UndecidedUpdate__Output } from '../bank/UndecidedUpdate.ts';
import type { AppliedEvent as _bank_AppliedEvent, AppliedEvent__Output as _bank_AppliedEvent__Output } from '../bank/AppliedEvent.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplicaState {
  'version'?: (number | string | Long);
  'balance'?: (number | string | Long);
  'last_tx'?: (string);
  'last_origin'?: (number | string | Long);
  'pending'?: (_bank_UndecidedUpdate | null);
  'applied'?: (_bank_AppliedEvent)[];
  '_pending'?: "pending";
}

export interface ReplicaState__Output {
  'version': (number);
  'balance': (number);
  'last_tx': (string);
  'last_origin': (number);
  'pending'?: (_bank_UndecidedUpdate__Output | null);
  'applied': (_bank_AppliedEvent__Output)[];
}
