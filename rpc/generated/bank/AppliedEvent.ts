// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface AppliedEvent {
  'entry'?: (number);
  'position'?: (number);
  'origin'?: (number | string | Long);
  'version'?: (number | string | Long);
}

export interface AppliedEvent__Output {
  'entry': (number);
  'position': (number);
  'origin': (number);
  'version': (number);
}
