/** From the words of the command line to one command, or to what is wrong with them. */
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { OutputFormat } from '../supervisor/output-format.ts';

export interface RunCommand {
  readonly command: 'run';
  /** Path of the input file; "-" is standard input. */
  readonly input: string;
  /** Where the merged output goes; "-" is standard output; undefined: by the input's name. */
  readonly output: string | undefined;
  readonly format: OutputFormat;
  readonly successfulOnly: boolean;
  readonly dryRun: boolean;
  readonly transport: Transport;
  /** Undefined: Slurm inside of a Slurm job, else pm2. */
  readonly engine: EngineName | undefined;
  /** How many nodes of the cluster; undefined: all of the Slurm job. */
  readonly nodes: number | undefined;
  /** Absolute path of a folder that every node sees; undefined: ledgers are on their nodes. */
  readonly ledgers: string | undefined;
  readonly runs: string;
  readonly deadlineMs: number | undefined;
  readonly hold: boolean;
  readonly paceMs: number;
  readonly faults: string | undefined;
  readonly voice: VoiceKind;
}

/** `tcp` without a first port takes free ones. */
export type Transport =
  | { readonly kind: 'unix' }
  | { readonly kind: 'tcp'; readonly firstPort: number | undefined };

/** What runs the processes: pm2 on this machine, or Slurm on many. */
export type EngineName = 'pm2' | 'slurm';

/** How much is said, and in which form. */
export type VoiceKind = 'people' | 'quiet' | 'json';

export interface ValidateCommand {
  readonly command: 'validate';
  readonly files: readonly string[];
  /** A file of faults, which are to strike each of the files. */
  readonly faults: string | undefined;
  readonly voice: VoiceKind;
}

export type Command =
  | RunCommand
  | ValidateCommand
  | {
      readonly command: 'check';
      readonly run: string;
      readonly runs: string;
      readonly json: boolean;
    }
  | { readonly command: 'runs'; readonly runs: string; readonly json: boolean }
  | { readonly command: 'open'; readonly run: string; readonly runs: string }
  | { readonly command: 'clean' }
  | { readonly command: 'monit' }
  | { readonly command: 'help'; readonly topic: string | undefined }
  | { readonly command: 'version' };

export interface UsageFailure {
  readonly reason: 'usage';
  readonly message: string;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;
type Options = NonNullable<ParseArgsConfig['options']>;

const voiceOptions = { quiet: { type: 'boolean' }, json: { type: 'boolean' } } as const;
const runsOption = { runs: { type: 'string' } } as const;

const optionsOf: Record<string, Options> = {
  run: {
    output: { type: 'string', short: 'o' },
    format: { type: 'string' },
    'successful-only': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    tcp: { type: 'string' },
    engine: { type: 'string' },
    nodes: { type: 'string' },
    ledgers: { type: 'string' },
    deadline: { type: 'string' },
    hold: { type: 'boolean' },
    pace: { type: 'string' },
    faults: { type: 'string' },
    ...runsOption,
    ...voiceOptions,
  },
  validate: { faults: { type: 'string' }, ...voiceOptions },
  check: { json: { type: 'boolean' }, ...runsOption },
  runs: { json: { type: 'boolean' }, ...runsOption },
  open: runsOption,
  clean: {},
  monit: {},
};

export const commandNames: readonly string[] = Object.keys(optionsOf);

export function parseCommandLine(words: readonly string[]): Command | UsageFailure {
  const [name = '--help', ...rest] = words;
  if (name === '--version' || name === '-v') return { command: 'version' };
  if (name === '--help' || name === '-h' || name === 'help') {
    return { command: 'help', topic: rest.find((word) => commandNames.includes(word)) };
  }
  const options = optionsOf[name];
  if (options === undefined) return usage(unknownCommand(name));
  if (rest.includes('--help') || rest.includes('-h')) return { command: 'help', topic: name };
  try {
    const { values, positionals } = parseArgs({
      args: withPortAttached(rest),
      options,
      allowPositionals: true,
      strict: true,
    });
    return build(name, values as Values, positionals);
  } catch (error) {
    // parseArgs says in one sentence what is wrong with which option.
    return usage(`${firstSentence(error)}; "tally ${name} --help" lists the options`);
  }
}

function build(name: string, values: Values, positionals: string[]): Command | UsageFailure {
  const runs = text(values, 'runs') ?? 'runs';
  const json = values['json'] === true;
  const [first, second] = positionals;
  if (name === 'validate') {
    if (first === undefined) return usage('validate needs at least one FILE');
    const faults = text(values, 'faults');
    return { command: 'validate', files: positionals, faults, voice: voiceOf(values) };
  }
  if (second !== undefined) return usage(`${name} takes one argument, and "${second}" is one more`);
  switch (name) {
    case 'run':
      return first === undefined
        ? usage('run needs an INPUT file, for example inputs/example.json')
        : buildRun(first, values, runs);
    case 'check':
      return { command: 'check', run: first ?? 'latest', runs, json };
    case 'open':
      return { command: 'open', run: first ?? 'latest', runs };
    case 'runs':
      return { command: 'runs', runs, json };
    case 'monit':
      return { command: 'monit' };
    default:
      return { command: 'clean' };
  }
}

function buildRun(input: string, values: Values, runs: string): RunCommand | UsageFailure {
  const format = text(values, 'format') ?? 'json';
  if (!isFormat(format)) {
    return usage(`--format "${format}" is not one of json, lines and assignment`);
  }
  const deadlineMs = seconds(text(values, 'deadline'));
  if (deadlineMs === 'wrong')
    return usage('--deadline takes a number of seconds above 0, such as 60');
  const paceMs = wholeNumber(text(values, 'pace') ?? '0', 0, 3_600_000);
  if (paceMs === undefined)
    return usage('--pace takes milliseconds from 0 to 3600000, such as 500');
  const transport = transportOf(text(values, 'tcp'));
  if (transport === undefined) return usage('--tcp takes a first port from 1 to 65535, or none');
  const engine = text(values, 'engine');
  if (engine !== undefined && !isEngine(engine))
    return usage(`--engine "${engine}" is not one of pm2 and slurm`);
  const nodes = nodesOf(text(values, 'nodes'));
  if (nodes === 'wrong') return usage(`--nodes takes a number of nodes from 1 to ${mostNodes}`);
  const ledgers = text(values, 'ledgers');
  if (ledgers !== undefined && !path.isAbsolute(ledgers))
    return usage(
      `--ledgers takes the absolute path of a folder that every node sees, not "${ledgers}"`,
    );
  const contradiction = engineContradiction({ engine, nodes, ledgers, transport });
  if (contradiction !== undefined) return usage(contradiction);
  if (values['quiet'] === true && values['json'] === true) {
    return usage('--quiet and --json contradict each other: name one');
  }
  return {
    command: 'run',
    input,
    output: text(values, 'output'),
    format,
    successfulOnly: values['successful-only'] === true,
    dryRun: values['dry-run'] === true,
    transport,
    engine,
    nodes,
    ledgers,
    runs,
    deadlineMs,
    hold: values['hold'] === true,
    paceMs,
    faults: text(values, 'faults'),
    voice: voiceOf(values),
  };
}

/** `--tcp` may stand alone, which parseArgs cannot say: join it with its port, or with nothing. */
function withPortAttached(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    if (word !== '--tcp') joined.push(word);
    else if (/^\d+$/.test(next)) {
      joined.push(`--tcp=${next}`);
      index += 1;
    } else joined.push('--tcp=');
  }
  return joined;
}

function transportOf(port: string | undefined): Transport | undefined {
  if (port === undefined) return { kind: 'unix' };
  if (port === '') return { kind: 'tcp', firstPort: undefined };
  const firstPort = wholeNumber(port, 1, 65_535);
  return firstPort === undefined ? undefined : { kind: 'tcp', firstPort };
}

const isEngine = (word: string): word is EngineName => word === 'pm2' || word === 'slurm';

/** More than there are branches serve nobody. */
const mostNodes = 1_000;

function nodesOf(word: string | undefined): number | undefined | 'wrong' {
  return word === undefined ? undefined : (wholeNumber(word, 1, mostNodes) ?? 'wrong');
}

type EngineWords = Pick<RunCommand, 'engine' | 'nodes' | 'ledgers' | 'transport'>;

function engineContradiction({
  engine,
  nodes,
  ledgers,
  transport,
}: EngineWords): string | undefined {
  if (nodes !== undefined && engine !== 'slurm')
    return '--nodes is for runs on a cluster: add --engine slurm';
  if (ledgers !== undefined && engine !== 'slurm')
    return '--ledgers is for runs on a cluster: add --engine slurm';
  if (engine === 'slurm' && transport.kind === 'tcp')
    return '--tcp is for runs on one machine: on a cluster branches always listen on TCP, on free ports';
  return undefined;
}

const text = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

const voiceOf = (values: Values): VoiceKind =>
  values['json'] === true ? 'json' : values['quiet'] === true ? 'quiet' : 'people';

const isFormat = (word: string): word is OutputFormat =>
  word === 'json' || word === 'lines' || word === 'assignment';

/** The longest time that a timer of Node.js can wait is 2^31 - 1 milliseconds. */
function seconds(word: string | undefined): number | undefined | 'wrong' {
  if (word === undefined) return undefined;
  const value = Number(word) * 1_000;
  return value > 0 && value < 2 ** 31 ? value : 'wrong';
}

function wholeNumber(word: string, least: number, most: number): number | undefined {
  const value = Number(word);
  return /^\d+$/.test(word) && value >= least && value <= most ? value : undefined;
}

function unknownCommand(name: string): string {
  const file = name.endsWith('.json') || name.endsWith('.yaml') || name.endsWith('.yml');
  const hint = file
    ? `did you mean "tally run ${name}"?`
    : `commands are ${commandNames.join(', ')}`;
  return `there is no command "${name}"; ${hint}`;
}

const firstSentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split(/\. |\n/)[0] ?? '';

const usage = (message: string): UsageFailure => ({ reason: 'usage', message });
