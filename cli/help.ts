import { exitCodes } from './exit-codes.ts';

/** `tally --help` and `tally COMMAND --help`. */
export function helpText(topic: string | undefined): string {
  return topic === undefined ? overview() : (topics[topic] ?? overview());
}

const overview =
  (): string => `Tally runs a replicated bank as real processes and proves that every replica tallies.

Try it:
  npm run sim -- inputs/example.json

Commands (each is also an npm script of that name; "sim" is "tally run"):
  tally run INPUT        run a scenario: branches, then customers one by one, then nothing is left
  tally validate FILE... say everything that is wrong with input files, start nothing
  tally check [RUN]      check the recorded history of a run again
  tally runs             list the runs so far, with their verdicts
  tally open [RUN]       print the path of a run's report
  tally clean            end what dead runs left behind
  tally monit            watch the processes of a run, in another terminal (pm2 monit)
  tally COMMAND --help   tell more
  tally --version

Exit codes:
${exitCodeTable()}
`;

const exitCodeTable = (): string =>
  Object.entries(exitCodes)
    .map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`)
    .join('\n');

const topics: Record<string, string> = {
  run: `tally run INPUT [options]          (npm run sim -- INPUT [options])

INPUT is a JSON or YAML file with branches and customers; "-" reads standard input.

  -o, --output FILE    where the merged output goes; default outputs/<input's name>.json
                       "-": standard output, which then carries nothing else
  --format FORM        json (default), lines (one JSON object a line), or assignment
  --successful-only    leave out events that were refused
  --dry-run            print the plan and what pm2 or Slurm would be given; start nothing
  --tcp [PORT]         listen on 127.0.0.1 instead of Unix sockets: PORT, PORT + 1, … or free ports
  --engine ENGINE      pm2: on this machine (default); slurm: on the nodes of a Slurm cluster
                       (default inside of a Slurm job)
  --nodes N            how many nodes; with --engine slurm, outside of a Slurm job always
  --ledgers DIR        keep ledgers in DIR, which every node sees under this absolute path, so
                       that they outlive a node; with --engine slurm
  --runs DIR           where run folders go; default runs
  --deadline SECONDS   end the run after this time, with what was received as a partial output
  --hold               keep the branches up after the last customer, until Ctrl-C
  --pace MS            wait between events, so that people can follow
  --faults FILE        let things go wrong as declared in FILE
  --quiet              say nothing but errors
  --json               say what happens as one JSON object a line, on standard error

Examples:
  npm run sim -- inputs/example.json
  npm run sim -- inputs/course.json --tcp 50051
  npm run -s sim -- inputs/example.json -o - --format lines | jq .recv
  npm run sim -- inputs/example.json --engine slurm --nodes 3

While it runs, "npm run monit" in another terminal shows every process.
`,
  validate: `tally validate FILE...             (npm run validate -- FILE...)

Reads input files and says everything that is wrong with them, each problem with its place in the
file and what to write instead. Starts nothing.

  --faults FILE        read a file of faults as well, and hold it against each of the inputs
  --quiet              say nothing but problems
  --json               one JSON object a line, on standard error
`,
  check: `tally check [RUN]                  (npm run check -- RUN)

Checks the recorded history of a run: the folder of a run, its id, a history file, or "latest"
(default). Exit code 0: valid, 1: invalid, 2: unknown.

  --json               the verdict as one JSON object on standard output
  --runs DIR           where run folders are; default runs
`,
  runs: `tally runs                         (npm run runs)

Lists the runs so far, oldest first, each with its outcome and verdict.

  --json               one JSON object a line
  --runs DIR           where run folders are; default runs
`,
  open: `tally open [RUN]                   (npm run open -- RUN)

Prints the path of a run's report, and opens it where a desktop can. RUN as in "tally check".

  --runs DIR           where run folders are; default runs
`,
  monit: `tally monit                        (npm run monit)

Shows pm2's live view of every process: logs, memory, and for each branch its balance, version and
requests. Ctrl-C ends the view, not the run.
`,
  clean: `tally clean                        (npm run clean)

Ends what runs of this user left behind whose supervisor was killed: processes, apps in pm2, sockets.
Runs that go on, and anybody else's apps, are left alone.
`,
};
