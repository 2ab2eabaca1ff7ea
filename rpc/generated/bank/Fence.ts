// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface Fence {
  'branch'?: (number | string | Long);
  'incarnation'?: (number);
}

export interface Fence__Output {
  'branch': (number);
  'incarnation': (number);
}
