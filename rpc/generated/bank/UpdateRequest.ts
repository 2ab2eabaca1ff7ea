// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';
import type { EventIdentity as _bank_EventIdentity, EventIdentity__Output as _bank_EventIdentity__Output } from '../bank/EventIdentity.ts';
import type { Long } from '@grpc/proto-loader';

export interface UpdateRequest {
  'envelope'?: (_bank_Envelope | null);
  'event'?: (_bank_EventIdentity | null);
  'money'?: (number | string | Long);
  '_envelope'?: "envelope";
  '_event'?: "event";
}

export interface UpdateRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'event'?: (_bank_EventIdentity__Output | null);
  'money': (number);
}
