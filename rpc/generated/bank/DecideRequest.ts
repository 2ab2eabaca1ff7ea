// Original file: proto/bank.proto

import type { Envelope as _bank_Envelope, Envelope__Output as _bank_Envelope__Output } from '../bank/Envelope.ts';
import type { Decision as _bank_Decision, Decision__Output as _bank_Decision__Output } from '../bank/Decision.ts';

export interface DecideRequest {
  'envelope'?: (_bank_Envelope | null);
  'tx'?: (string);
  'decision'?: (_bank_Decision);
  '_envelope'?: "envelope";
}

export interface DecideRequest__Output {
  'envelope'?: (_bank_Envelope__Output | null);
  'tx': (string);
  'decision': (_bank_Decision__Output);
}
