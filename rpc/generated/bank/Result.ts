// Original file: proto/bank.proto

export const Result = {
  RESULT_UNSPECIFIED: 'RESULT_UNSPECIFIED',
  SUCCESS: 'SUCCESS',
  FAIL: 'FAIL',
} as const;

export type Result =
  | 'RESULT_UNSPECIFIED'
  | 0
  | 'SUCCESS'
  | 1
  | 'FAIL'
  | 2

export type Result__Output = typeof Result[keyof typeof Result]
