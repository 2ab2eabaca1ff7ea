/** Every limit of Tally, each with its reason. Durations are in milliseconds, sizes in bytes. */

/** The largest amount and balance: beyond it a JavaScript number is not exact. */
export const moneyMax = Number.MAX_SAFE_INTEGER;

export const limits = {
  /** Parsing holds the text and the tree: 64 MiB of input stays well under 1 GiB of memory. */
  inputBytes: 64 * 1024 * 1024,
  /** Each branch is a process of about 50 MB; 1,000 is beyond one machine of today. */
  branches: 1_000,
  /** Each visit is a process start; 100,000 of them take hours. */
  visits: 100_000,
  /** Two million events are twice the largest measured run. */
  events: 2_000_000,
  /** The input's own nesting is 4 deep; deeper text is a mistake or an attack on the parser. */
  nesting: 16,
  /** The course's files use no aliases; a few are convenient, many are a "billion laughs". */
  yamlAliases: 100,
  /** More problems than a person fixes in one go; the rest is counted. */
  problemsShown: 50,

  /** All attempts of one customer call: longer than an update at its origin, so its answer wins. */
  customerCallMs: 10_000,
  /** An update at its origin: rides through several supervised restarts of a fellow branch. */
  updateMs: 5_000,
  /** Readiness of all branches: a base for pm2 and Node to start, and a share for each branch. */
  readinessBaseMs: 10_000,
  readinessPerBranchMs: 100,
  /** One call to the pm2 daemon, which never fails by itself once the daemon is dead. */
  pm2CallMs: 10_000,
  /** The grace between the request to stop and SIGKILL. */
  stopMs: 5_000,

  /** The first wait before a propagation is tried again, and the longest. */
  retryFirstMs: 50,
  retryLongestMs: 200,

  /** A request on the wire is under 300 bytes; anything near this is malformed. */
  messageBytes: 64 * 1024,
  /** Lines a process may print in a second before the rest is counted instead. */
  printedLinesPerSecond: 10,
  /** The tail of a log that is shown to people. */
  tailBytes: 2_000,
  /** A customer process that dies is started again this many times. */
  visitRestarts: 3,
  /** Deaths in a row before a branch ever serves: more is a crash loop. */
  deathsBeforeServing: 5,
} as const;
