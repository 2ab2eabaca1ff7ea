// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';
import type { EventIdentity as _bank_EventIdentity, EventIdentity__Output as _bank_EventIdentity__Output } from '../bank/EventIdentity.ts';
import type { Long } from '@grpc/proto-loader';

export interface PropagateRequest {
  'envelope'?: (_bank_Envelope | null);
  'event'?: (_bank_EventIdentity | null);
  'money'?: (number | string | Long);
  'origin'?: (number | string | Long);
  'tx'?: (string);
  'version'?: (number | string | Long);
  'prev_tx'?: (string);
  '_envelope'?: "envelope";
  '_event'?: "event";
}

export interface PropagateRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'event'?: (_bank_EventIdentity__Output | null);
  'money': (number);
  'origin': (number);
  'tx': (string);
  'version': (number);
  'prev_tx': (string);
}
