// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface UndecidedUpdate {
  'tx'?: (string);
  'origin'?: (number | string | Long);
  'version'?: (number | string | Long);
}

export interface UndecidedUpdate__Output {
  'tx': (string);
  'origin': (number);
  'version': (number);
}
