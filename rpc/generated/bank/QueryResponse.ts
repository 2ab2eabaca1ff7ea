// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface QueryResponse {
  'balance'?: (number | string | Long);
  'version'?: (number | string | Long);
  'clock'?: (number | string | Long);
  '_balance'?: "balance";
  '_version'?: "version";
}

export interface QueryResponse__Output {
  'balance'?: (number);
  'version'?: (number);
  'clock': (number);
}
