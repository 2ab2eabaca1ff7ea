// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface DecideResponse {
  'clock'?: (number | string | Long);
}

export interface DecideResponse__Output {
  'clock': (number);
}
