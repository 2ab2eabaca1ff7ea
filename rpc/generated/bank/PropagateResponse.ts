// Original file: proto/bank.proto

import type { Result as _bank_Result, Result__Output as _bank_Result__Output } from '../bank/Result.ts';
import type { Long } from '@grpc/proto-loader';

export interface PropagateResponse {
  'result'?: (_bank_Result);
  'reason'?: (string);
  'clock'?: (number | string | Long);
}

export interface PropagateResponse__Output {
  'result': (_bank_Result__Output);
  'reason': (string);
  'clock': (number);
}
