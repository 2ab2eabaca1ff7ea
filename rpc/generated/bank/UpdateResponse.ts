// Original file: proto/bank.proto

import type { Result as _bank_Result, Result__Output as _bank_Result__Output } from '../bank/Result.ts';
import type { Long } from '@grpc/proto-loader';

export interface UpdateResponse {
  'result'?: (_bank_Result);
  'reason'?: (string);
  'detail'?: (string);
  'version'?: (number | string | Long);
  'clock'?: (number | string | Long);
  '_version'?: "version";
}

export interface UpdateResponse__Output {
  'result': (_bank_Result__Output);
  'reason': (string);
  'detail': (string);
  'version'?: (number);
  'clock': (number);
}
