// Original file: proto/bank.proto

export const Decision = {
  DECISION_UNSPECIFIED: 'DECISION_UNSPECIFIED',
  COMMITTED: 'COMMITTED',
  ABORTED: 'ABORTED',
  UNDECIDED: 'UNDECIDED',
} as const;

export type Decision =
  | 'DECISION_UNSPECIFIED'
  | 0
  | 'COMMITTED'
  | 1
  | 'ABORTED'
  | 2
  | 'UNDECIDED'
  | 3

export type Decision__Output = typeof Decision[keyof typeof Decision]
