// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';

export interface ConnectRequest {
  'envelope'?: (_bank_Envelope | null);
  '_envelope'?: "envelope";
}

export interface ConnectRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
}
