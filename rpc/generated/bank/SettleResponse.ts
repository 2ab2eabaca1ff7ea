// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface SettleResponse {
  'balance'?: (number | string | Long);
  'version'?: (number | string | Long);
  'clock'?: (number | string | Long);
  '_balance'?: "balance";
  '_version'?: "version";
}

export interface SettleResponse__Output {
  'balance'?: (number);
  'version'?: (number);
  'clock': (number);
}
