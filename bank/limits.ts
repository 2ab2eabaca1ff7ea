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
  /** Each fault is weighed at every message that it could strike; people write a few. */
  faults: 1_000,
  /** The input's own nesting is 4 deep; deeper text is a mistake or an attack on the parser. */
  nesting: 16,
  /** The largest object of the format has 7 keys; more is a list that was written as an object. */
  keys: 100,
  /** Lists and objects of a file: all that its events, visits and branches need, and some more. */
  containers: 2_500_000,
  /**
   * The YAML parser keeps 300 bytes for each word and sign until it has read the whole text, or a
   * piece of a plain list: 1.2 GB, which is enough for 100,000 events in one piece.
   */
  yamlTokens: 4_000_000,
  /** The course's files use no aliases; a few are convenient, many are a "billion laughs". */
  yamlAliases: 100,
  /** More problems than a person fixes in one go; the rest is counted. */
  problemsShown: 50,
  /** Nobody is helped by the exact number of more; counting ends here. */
  problemsCounted: 10_000,
  /** The same slip in many places, such as curly quotes in a whole file, is told this often. */
  problemsAlike: 5,

  /** All attempts of one customer call: longer than an update at its origin, so its answer wins. */
  customerCallMs: 10_000,
  /** An update at its origin: rides through several supervised restarts of a fellow branch. */
  updateMs: 5_000,
  /** Readiness of all branches: a base for pm2 and Node to start, and a share for each branch. */
  readinessBaseMs: 10_000,
  readinessPerBranchMs: 250,
  /** Branches that are asked at a time whether they serve; to open a connection costs some ms. */
  probesAtOnce: 32,
  /** One call to the pm2 daemon, which never fails by itself once the daemon is dead. */
  pm2CallMs: 10_000,
  /** One call to a daemon that let the call before pass its deadline: it most likely hangs. */
  pm2AgainMs: 1_000,
  /** The share of one app in a call about many: starting one takes 5 to 30 ms on a busy machine. */
  pm2PerAppMs: 200,
  /** How long a daemon may take to be born: 300 ms, and seconds on a machine that is very busy. */
  daemonBirthMs: 10_000,
  /**
   * How long a process that is to be a daemon may bear its parent's name: until it executes its
   * program, which took 40 ms on a busy machine.
   */
  daemonNameMs: 500,
  /** How long processes whose pm2 daemon died have to end by themselves; they take about 100 ms. */
  orphanMs: 1_000,
  /** All threads of a process that was killed end within milliseconds; until then its sockets stay. */
  lastThreadMs: 1_000,
  /** How long other runs may hold the lock around the daemon: each holds it for about a second. */
  lockMs: 60_000,
  /** What a branch that is told to stop leaves to open calls; nobody needs their answers by then. */
  drainMs: 200,
  /** The grace between the request to stop and SIGKILL. */
  stopMs: 5_000,
  /**
   * Processes that hear that the run is over end within milliseconds of each other, but all at once:
   * where 100 share two slow cores, the first took 620 ms. When none ends for so long, and so long for
   * each that lives, those that are left do not hear it, and pm2 is to end them.
   */
  nextEndMs: 200,
  nextEndPerAppMs: 10,
  /** After this people are told who has not stopped yet; all usually have within 300 ms. */
  patienceMs: 1_000,

  /** The first wait before a propagation is tried again, and the longest. */
  retryFirstMs: 50,
  retryLongestMs: 200,
  /** One attempt of a call between branches: a lost message costs this much of the update's time. */
  attemptMs: 1_000,
  /**
   * When the first fellow is told of a commit: a customer's next update comes within 2 ms of the
   * answer, and proves the commit for free.
   */
  tellFirstMs: 5,
  /**
   * Fellows are told of a commit one after another, since the next update of anybody proves it for
   * free. Telling one costs both ends about 1 ms; where machines are slow or busy it costs more, and
   * the update itself took longer. So the pause between two is this many times the time that the
   * update took for each fellow, within these bounds: telling takes about a twentieth of the time.
   */
  tellPauseFactor: 40,
  tellPauseLeastMs: 20,
  tellPauseMostMs: 100,
  /**
   * When all settle, an origin tells all fellows at once, which costs both ends about 1 ms for each.
   * Nobody asks it for so long, since that may take a new connection.
   */
  tellAllPerFellowMs: 20,
  /** A branch gives up this long before its caller does, so that its reason still arrives. */
  lastWordMs: 100,
  /** Requests that wait at one branch; customers take turns, so more come from outside the run. */
  waitingRequests: 1_000,
  /** Numbers of updates that one incarnation of a branch may use: far beyond those of any run. */
  updatesOfOneIncarnation: 1_000_000_000,
  /**
   * Entries whose last applied event every branch keeps for a fellow that loses its ledger.
   * Customers take turns, so only the latest could be asked again; it is one line of 64 KiB.
   */
  appliedEvents: 500,
  /** How long a branch may take to recover its ledger from its fellows, some of which start too. */
  recoverMs: 60_000,
  /** Retries of one event that wait together; a customer has one call open at a time. */
  callersOfOneUpdate: 10,

  /** A request on the wire is under 300 bytes; anything near this is malformed. */
  messageBytes: 64 * 1024,
  /** The name of a process or message, which ends up in the history; ours have under 40. */
  nameLetters: 200,
  /** A line on the lifeline is under 500 letters; anything near this is malformed. */
  messageLineLetters: 64 * 1024,
  /** What a process may be told before it listens: its turn, and where branches have moved to. */
  toldEarly: 1_001,
  /** Requests under way on one connection; a customer has one, a fellow branch a few. */
  callsPerConnection: 100,
  /** Lines a process may print at a time, a second or more, before the rest is counted instead. */
  printedLines: 10,
  /** An output beyond this is for programs: it goes to its file alone, not to the terminal as well. */
  printedOutputLetters: 64 * 1024,
  /** The tail of a log that is shown to people. */
  tailBytes: 2_000,
  /** How long a customer may take beyond its slowest call, to start and to write. */
  customerGraceMs: 5_000,
  /** All branches finish what is under way; each waits at most for one update. */
  settleMs: 10_000,
  /** Customers that are started ahead and wait for their turn; each holds about 45 MB. */
  visitsAhead: 8,
  /**
   * How many of them are started in one call to pm2. A call costs more with every app that pm2
   * holds, but until all of it are started the daemon passes nothing on.
   */
  visitsAtOnce: 4,
  /**
   * Visits whose branches connect to their fellows ahead, if they will update: the present visit and
   * the next. With 50 branches that takes a branch 100 ms, about as long as a visit.
   */
  branchesAhead: 2,
  /** A customer process that dies is started again this many times. */
  visitRestarts: 3,
  /** Deaths in a row before a branch ever serves: more is a crash loop. */
  deathsBeforeServing: 5,

  /** How long a run's certificates are valid: a week is longer than the longest run. */
  certificateMs: 7 * 24 * 60 * 60 * 1_000,
  /** By how much a machine's clock may be late and still find its certificate valid. */
  certificateSkewMs: 10 * 60 * 1_000,

  /** From then on a process counts as one that stays; most customers have ended by then. */
  shortLifeMs: 1_000,
  /** From then on it stays long: runs of 100 branches have ended by then, even on a slow machine. */
  longLifeMs: 60_000,

  /** How often an agent proves to the supervisor that it is there, and hears that it is heard. */
  beatMs: 1_000,
  /**
   * Without an answer to a beat for this long an agent ends its node's processes; then, and not
   * before, they are started elsewhere. Five beats: a network that drops a few is no loss.
   */
  leaseMs: 5_000,
  /** By how much the clocks of two machines may differ over a lease, and an end may take. */
  leaseMarginMs: 500,
  /** From the loss of a node to its branches serving elsewhere: the lease, a start, a recovery. */
  nodeLossMs: 10_000,
  /** A node gets the program, starts Node.js, makes a key and connects; all at once 1 to 3 s. */
  nodeBirthMs: 30_000,
  /** One Slurm command that asks or tells; it waits for a controller that is busy. */
  slurmCallMs: 20_000,
  /** Steps that are being started: to start one stops the supervisor for some milliseconds. */
  stepsAtOnce: 16,
  /** One message between agent and supervisor: a piece of a file and what JSON adds to it. */
  agentLineLetters: 1024 * 1024,
  /** A piece of a file on its way between a node and the supervisor. */
  pieceBytes: 64 * 1024,
  /** Lines that are written within this time travel together. */
  gatherMs: 2,
  /** Children that end with their agent have this long before SIGKILL; they take about 20 ms. */
  childEndMs: 300,

  /** Operations that wait until an older one is answered; beyond it, that one is held unanswered. */
  checkedWaiting: 100_000,
  /** Steps in search of an order of overlapping operations before it is given up: some seconds. */
  checkedSteps: 200_000,
  /** What each operation adds to that: more than it ever needs where answers bear versions. */
  checkedStepsPerOperation: 10,
  /** By how much lines may be out of time order before their order is not trusted at all. */
  historyDisorderMs: 1_000,
  /** By how much the clocks of machines that keep their time by NTP may differ. */
  clockSkewMs: 50,
  /** Updates that the checker remembers to explain a wrong answer by one of them. */
  checkedRecent: 1_000,
  /** Violations that are told in full; the first few say it all, the rest is counted. */
  violationsShown: 20,
  /** A line of a history is under 1 KiB, but the run's first names each of 100,000 visits. */
  historyLineBytes: 16 * 1024 * 1024,
  /** Lines that may stand before the run's own record, from processes that were quicker. */
  historyLinesBeforeRun: 10_000,

  /** Lines of a history that the report shows: 100,000 messages and their marks, in about 3 MB. */
  reportLines: 600_000,
  /** Calls whose other ends are still awaited; only lost ones stay, and the oldest go first. */
  reportOpenMessages: 50_000,
  /** Process starts in the report: a start takes a tenth of a second, so this is half an hour. */
  reportLives: 20_000,
  /** Values of all balance curves together, beyond which they are thinned to their extremes. */
  reportBalances: 200_000,
  /** Links of the critical chain that are listed; beyond it only their sums are. */
  reportChainLinks: 50_000,
} as const;
