// Original file: proto/bank.proto

import type { Decision as _bank_Decision, Decision__Output as _bank_Decision__Output } from '../bank/Decision.ts';
import type { Long } from '@grpc/proto-loader';

export interface AskResponse {
  'decision'?: (_bank_Decision);
  'clock'?: (number | string | Long);
}

export interface AskResponse__Output {
  'decision': (_bank_Decision__Output);
  'clock': (number);
}
