// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';

export interface AskRequest {
  'envelope'?: (_bank_Envelope | null);
  'tx'?: (string);
  '_envelope'?: "envelope";
}

export interface AskRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'tx': (string);
}
