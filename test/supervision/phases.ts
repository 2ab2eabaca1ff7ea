/** What a run says as each of its phases begins, so that a test can strike in each. */
export const phases = [
  'connecting to pm2',
  'starting the branches',
  'waiting until every branch serves',
  'running the customers',
  'settling the branches',
  'stopping',
] as const;

/** A long pace keeps the customers at work until the test has struck. */
export const paceOf = (phase: (typeof phases)[number]): readonly string[] =>
  phase === 'running the customers' ? ['--pace', '60000'] : [];

/** How soon nothing of a run may be left, whatever ended it. */
export const goneWithinMs = 2_000;
