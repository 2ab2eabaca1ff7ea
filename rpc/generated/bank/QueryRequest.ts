// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';
import type { EventIdentity as _bank_EventIdentity, EventIdentity__Output as _bank_EventIdentity__Output } from '../bank/EventIdentity.ts';

export interface QueryRequest {
  'envelope'?: (_bank_Envelope | null);
  'event'?: (_bank_EventIdentity | null);
  '_envelope'?: "envelope";
  '_event'?: "event";
}

export interface QueryRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'event'?: (_bank_EventIdentity__Output | null);
}
