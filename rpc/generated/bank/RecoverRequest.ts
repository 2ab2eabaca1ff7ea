// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';
import type { Fence as _bank_Fence, Fence__Output as _bank_Fence__Output } from '../bank/Fence.ts';

export interface RecoverRequest {
  'envelope'?: (_bank_Envelope | null);
  'fences'?: (_bank_Fence)[];
  '_envelope'?: "envelope";
}

export interface RecoverRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'fences': (_bank_Fence__Output)[];
}
