import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, parseCommandLine, type UsageFailure } from './command-line.ts';

const plain: Command = {
  command: 'run',
  input: 'x.json',
  output: undefined,
  format: 'json',
  successfulOnly: false,
  dryRun: false,
  transport: { kind: 'unix' },
  engine: undefined,
  nodes: undefined,
  ledgers: undefined,
  runs: 'runs',
  deadlineMs: undefined,
  hold: false,
  paceMs: 0,
  faults: undefined,
  voice: 'people',
};

const understood: readonly (readonly [string, string, Command])[] = [
  ['an input alone', 'run x.json', plain],
  ['an output', 'run x.json -o y.json', { ...plain, output: 'y.json' }],
  ['standard input and output', 'run - --output -', { ...plain, input: '-', output: '-' }],
  ['a format', 'run --format lines x.json', { ...plain, format: 'lines' }],
  [
    'TCP on free ports',
    'run x.json --tcp',
    { ...plain, transport: { kind: 'tcp', firstPort: undefined } },
  ],
  [
    'TCP from a port',
    'run x.json --tcp 50051',
    { ...plain, transport: { kind: 'tcp', firstPort: 50_051 } },
  ],
  [
    'TCP before the input',
    'run --tcp x.json',
    { ...plain, transport: { kind: 'tcp', firstPort: undefined } },
  ],
  [
    'TCP with =',
    'run --tcp=50051 x.json',
    { ...plain, transport: { kind: 'tcp', firstPort: 50_051 } },
  ],
  [
    'nodes of a cluster',
    'run x.json --engine slurm --nodes 3',
    { ...plain, engine: 'slurm', nodes: 3 },
  ],
  [
    'ledgers that all nodes see',
    'run x.json --engine slurm --ledgers /shared',
    { ...plain, engine: 'slurm', ledgers: '/shared' },
  ],
  ['one machine', 'run x.json --engine pm2', { ...plain, engine: 'pm2' }],
  ['a deadline', 'run x.json --deadline 1.5', { ...plain, deadlineMs: 1_500 }],
  ['silence', 'run x.json --quiet', { ...plain, voice: 'quiet' }],
  ['events for programs', 'run x.json --json', { ...plain, voice: 'json' }],
  [
    'everything else',
    'run x.json --successful-only --dry-run --hold --pace 20 --faults f.json --runs r',
    {
      ...plain,
      successfulOnly: true,
      dryRun: true,
      hold: true,
      paceMs: 20,
      faults: 'f.json',
      runs: 'r',
    },
  ],
  ['nothing', '', { command: 'help', topic: undefined }],
  ['help', '--help', { command: 'help', topic: undefined }],
  ['help on a command', 'run --help', { command: 'help', topic: 'run' }],
  ['help as a command', 'help check', { command: 'help', topic: 'check' }],
  ['the version', '--version', { command: 'version' }],
  [
    'several files',
    'validate a b',
    { command: 'validate', files: ['a', 'b'], faults: undefined, voice: 'people' },
  ],
  [
    'a file with faults of their own',
    'validate a --faults f.json',
    { command: 'validate', files: ['a'], faults: 'f.json', voice: 'people' },
  ],
  ['the latest run', 'check', { command: 'check', run: 'latest', runs: 'runs', json: false }],
];

for (const [title, line, expected] of understood) {
  test(`understands ${title}`, () => {
    assert.deepEqual(parseCommandLine(line.split(' ').filter(Boolean)), expected);
  });
}

const refused: readonly (readonly [string, string, string])[] = [
  [
    'an unknown command',
    'rum x.json',
    'there is no command "rum"; commands are run, validate, check, runs, open, clean, monit',
  ],
  [
    'an input without a command',
    'x.json',
    'there is no command "x.json"; did you mean "tally run x.json"?',
  ],
  ['no input', 'run', 'run needs an INPUT file, for example inputs/example.json'],
  ['two inputs', 'run a b', 'run takes one argument, and "b" is one more'],
  [
    'an unknown format',
    'run x --format xml',
    '--format "xml" is not one of json, lines and assignment',
  ],
  [
    'a port beyond all ports',
    'run x --tcp 70000',
    '--tcp takes a first port from 1 to 65535, or none',
  ],
  [
    'a deadline of nothing',
    'run x --deadline 0',
    '--deadline takes a number of seconds above 0, such as 60',
  ],
  [
    'a pace in words',
    'run x --pace slow',
    '--pace takes milliseconds from 0 to 3600000, such as 500',
  ],
  [
    'silence and events',
    'run x --quiet --json',
    '--quiet and --json contradict each other: name one',
  ],
  ['an unknown engine', 'run x --engine k8s', '--engine "k8s" is not one of pm2 and slurm'],
  [
    'nodes without a cluster',
    'run x --nodes 3',
    '--nodes is for runs on a cluster: add --engine slurm',
  ],
  [
    'no nodes at all',
    'run x --engine slurm --nodes 0',
    '--nodes takes a number of nodes from 1 to 1000',
  ],
  [
    'ledgers of many machines on one',
    'run x --engine pm2 --ledgers /shared',
    '--ledgers is for runs on a cluster: add --engine slurm',
  ],
  [
    'ledgers at no certain place',
    'run x --engine slurm --ledgers shared',
    '--ledgers takes the absolute path of a folder that every node sees, not "shared"',
  ],
  [
    'ports of one machine on many',
    'run x --engine slurm --tcp',
    '--tcp is for runs on one machine: on a cluster branches always listen on TCP, on free ports',
  ],
  [
    'an unknown option',
    'run x --fast',
    `Unknown option '--fast'; "tally run --help" lists the options`,
  ],
];

for (const [title, line, message] of refused) {
  test(`refuses ${title}`, () => {
    const expected: UsageFailure = { reason: 'usage', message };
    assert.deepEqual(parseCommandLine(line.split(' ')), expected);
  });
}
