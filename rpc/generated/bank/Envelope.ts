// Original file: proto/bank.proto

import type { Long } from '@grpc/proto-loader';

export interface Envelope {
  'run_id'?: (string);
  'sender'?: (string);
  'message'?: (string);
  'clock'?: (number | string | Long);
  'incarnation'?: (number);
  'recipient'?: (number);
  '_run_id'?: "run_id";
  '_incarnation'?: "incarnation";
  '_recipient'?: "recipient";
}

export interface Envelope__Output {
  'run_id'?: (string);
  'sender': (string);
  'message': (string);
  'clock': (number);
  'incarnation'?: (number);
  'recipient'?: (number);
}
