/** `tally run`: one line from the input file to the output file. */
import fs from 'node:fs';
import path from 'node:path';
import { countEvents, type Scenario } from '../bank/scenario.ts';
import { runFiles } from '../bank/topology.ts';
import { CheckAlong } from '../checker/check.ts';
import { ReportDraft } from '../report/render.ts';
import { Causes } from '../supervisor/cause.ts';
import { declareApps } from '../supervisor/ecosystem.ts';
import { isFailure } from '../supervisor/engine.ts';
import { fileTrouble } from '../supervisor/file-trouble.ts';
import { writeHeader } from '../supervisor/history-header.ts';
import { beside, prepareOutput } from '../supervisor/output-file.ts';
import type { Platform } from '../supervisor/platform.ts';
import { writeJson } from '../supervisor/run-folder.ts';
import type { Run } from '../supervisor/run.ts';
import { type RunFacts, RunRecorder } from '../supervisor/run-record.ts';
import { setStage, type Stage, type StageOrder } from '../supervisor/stage.ts';
import { supervise } from '../supervisor/supervise.ts';
import type { RunCommand } from './command-line.ts';
import { count } from './count.ts';
import { dryRun } from './dry-run.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { finish } from './finish.ts';
import { tellHowToReach } from './hold.ts';
import { observeRun } from './observe.ts';
import { needsAllocation, runInAllocation } from './allocation.ts';
import { choosePlatform } from './choose-platform.ts';
import {
  buildFolder,
  shownPath,
  startedByNpm,
  tallyVersion,
  templateFile,
  userPath,
} from './project.ts';
import { readInput } from './read-input.ts';
import type { Running } from './running.ts';
import { watchSignals } from './signals.ts';
import type { Voice } from './voice.ts';

export async function runCommand(command: RunCommand, voice: Voice): Promise<ExitCode> {
  const startedMs = performance.now();
  if (needsAllocation(command)) return runInAllocation(command, voice);
  const output = outputPath(command);
  if (isInput(output, command.input)) {
    voice.error({
      reason: 'usage',
      message: `the output ${output} is the input; name another with -o`,
    });
    return 64;
  }
  const place = command.dryRun ? undefined : prepareOutput(output);
  if (place !== undefined && 'reason' in place) {
    voice.error(place);
    return 73;
  }
  const input = await readInput(command, voice);
  if (!input.ok) return input.exitCode;
  const platform = await choosePlatform(command);
  const order = stageOrder(command, input.scenario, platform, voice);
  if (place === undefined) return dryRun(order, voice);
  const causes = new Causes();
  const running = { command, voice, scenario: input.scenario, place, causes, startedMs };
  const signals = watchSignals(causes, startedByNpm);
  try {
    return await carryOut(running, order, input.text);
  } finally {
    signals.close();
  }
}

async function carryOut(running: Running, order: StageOrder, text: string): Promise<ExitCode> {
  const { command, voice, causes } = running;
  const stage = await setStage(order, causes);
  if (isFailure(stage)) {
    voice.error(stage);
    return exitCodeOf[stage.reason];
  }
  const { plan, history } = stage;
  voice.start(title(running, plan.runId));
  const { platform } = order;
  const versions = { tally: tallyVersion(), engine: platform.label };
  const recorder = new RunRecorder(plan, { ...runFacts(running), ...versions });
  writeHeader(history, plan, { input: command.input, ...versions });
  const draft = new ReportDraft();
  const check = new CheckAlong(path.join(plan.folder, runFiles.history), draft.take);
  try {
    fs.writeFileSync(path.join(plan.folder, `input${path.extname(command.input)}`), text);
    const ecosystem = await declareApps(plan, templateFile, platform);
    if (isFailure(ecosystem)) causes.stop(ecosystem);
    else await bringToLife(running, stage, recorder, { platform: platform.name, ecosystem });
  } catch (error) {
    const trouble = fileTrouble(error, `the run's folder ${plan.folder}`);
    if (trouble === undefined) throw error;
    causes.stop(trouble);
  } finally {
    await stage.close();
  }
  causes.close();
  return finish(running, stage, { recorder, check, draft });
}

/** Everything between the first start of a process and the end of the last. */
async function bringToLife(
  running: Running,
  stage: Stage,
  recorder: RunRecorder,
  { platform, ecosystem }: Pick<Run, 'platform' | 'ecosystem'>,
): Promise<void> {
  const { command, voice, causes, scenario } = running;
  const { plan, topology, ground, history } = stage;
  const apps = [...ecosystem.branches, ...ecosystem.visits];
  writeJson(path.join(plan.folder, 'ecosystem.json'), { apps });
  const observer = observeRun(voice, plan, recorder);
  const deadline = setDeadline(command.deadlineMs, causes);
  const held = command.hold ? () => tellHowToReach(stage, voice) : undefined;
  const { paceMs } = command;
  const killsEngine = scenario.faults.some(({ fault }) => fault === 'kill-daemon');
  const followed = { causes, observer, history, paceMs, killsEngine, held };
  await supervise({ platform, plan, topology, ground, ecosystem, ...followed });
  clearTimeout(deadline);
}

function setDeadline(withinMs: number | undefined, causes: Causes): NodeJS.Timeout | undefined {
  if (withinMs === undefined) return undefined;
  const message = `the run did not end within its --deadline of ${withinMs / 1_000} s; what was received is kept as a partial output`;
  return setTimeout(() => causes.stop({ reason: 'deadline', message }), withinMs);
}

function stageOrder(
  command: RunCommand,
  scenario: Scenario,
  platform: Platform,
  voice: Voice,
): StageOrder {
  return {
    scenario,
    platform,
    runs: userPath(command.runs),
    guardScript: path.join(buildFolder, 'guard.js'),
    paceMs: command.paceMs,
    phase: voice.phase,
  };
}

/** "-" and devices are no files: they are named as they are. */
function outputPath({ output, input }: RunCommand): string {
  if (output === '-') return '-';
  if (output !== undefined) return userPath(output);
  const name = input === '-' ? 'stdin' : path.parse(input).name;
  return userPath(`outputs/${name}.json`);
}

function isInput(output: string, input: string): boolean {
  if (input === '-' || output === '-') return false;
  const file = userPath(input);
  return (
    isRegular(file) &&
    [output, beside(output, 'previous'), beside(output, 'partial')].some((other) =>
      isSame(file, other),
    )
  );
}

/** What cannot be looked at is told when it is to be read. */
function isRegular(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [fs.statSync(one), fs.statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

function runFacts({ command, scenario, place }: Running): Omit<RunFacts, 'tally' | 'engine'> {
  return {
    input: command.input === '-' ? '-' : userPath(command.input),
    output: place.kind === 'standard-output' ? null : place.path,
    visits: scenario.visits.length,
    events: countEvents(scenario),
  };
}

function title({ command, scenario }: Running, runId: string): string {
  const input = command.input === '-' ? 'standard input' : shownPath(userPath(command.input));
  const branches = count(scenario.branches.length, 'branch', 'branches');
  const customers = count(scenario.visits.length, 'customer');
  return `${input}: ${branches}, ${customers}, ${count(countEvents(scenario), 'event')} (run ${runId})`;
}
