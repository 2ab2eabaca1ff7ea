// Original file: proto/bank.proto


export interface EventIdentity {
  'entry'?: (number);
  'position'?: (number);
}

export interface EventIdentity__Output {
  'entry': (number);
  'position': (number);
}
