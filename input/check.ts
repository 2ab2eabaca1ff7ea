import type { Fault } from '../bank/faults.ts';
import { FirstFew } from '../bank/first-few.ts';
import type { Scenario } from '../bank/scenario.ts';
import type { Path } from './document.ts';
import { checkFaults, targetsIn, targetsOf } from './fault-rules.ts';
import type { Finding, Findings } from './finding.ts';
import { glanceAt, listsIn, type ProcessGlance } from './glance.ts';
import { checkRules, orderWarning } from './rules.ts';
import { checkHead, checkProcess } from './schema-check.ts';
import { describe } from './schema-words.ts';
import { type InputFile, scenarioOf } from './shape.ts';
import { checkLength, checkSize } from './size.ts';

/** A parsed value that is right, with remarks, or everything that is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly findings: Findings };

/** Checks the value of an input file. */
export function checkInput(file: unknown): Checked<Scenario> {
  const findings = new FirstFew<Finding>();
  checkHead(file, findings);
  const lists = listsIn(file);
  const processes = lists.path && checkProcesses(lists.processes, lists.path, findings);
  if (processes)
    checkFaults({ faults: lists.faults, path: ['faults'] }, targetsIn(processes), findings);
  if (!isInput(file, findings)) return { ok: false, findings };
  const warning = orderWarning(processes ?? []);
  return { ok: true, value: scenarioOf(file), warnings: warning === undefined ? [] : [warning] };
}

/** @returns undefined if there are too many to look at each */
function checkProcesses(
  list: readonly unknown[],
  path: Path,
  findings: Findings,
): readonly ProcessGlance[] | undefined {
  if (!checkLength(list, path, findings)) return undefined;
  const processes = list.map((value, index) => glanceAt(value, [...path, index]));
  if (!checkSize(processes, path, findings)) return undefined;
  for (const process of processes) if (!findings.isEnough) checkProcess(process, findings);
  checkRules(processes, path, findings);
  return processes;
}

/** Checks the value of a file of faults, which strike a scenario that is known already. */
export function checkFaultFile(file: unknown, scenario: Scenario): Checked<readonly Fault[]> {
  const findings = new FirstFew<Finding>();
  if (Array.isArray(file)) checkFaults({ faults: file, path: [] }, targetsOf(scenario), findings);
  else findings.add(notFaults(file));
  return areFaults(file, findings)
    ? { ok: true, value: file, warnings: [] }
    : { ok: false, findings };
}

const notFaults = (file: unknown): Finding => ({
  path: [],
  part: 'value',
  message: `a file of faults holds a list, not ${describe(file)}`,
  advice: 'Write [ { "fault": "kill-branch", "branch": 1, "when": "after-record", "update": 1 } ].',
});

/** The value follows the schema of input files, since nothing was found in it. */
const isInput = (_value: unknown, findings: Findings): _value is InputFile => findings.count === 0;

/** The same for the schema of files of faults. */
const areFaults = (_value: unknown, findings: Findings): _value is readonly Fault[] =>
  findings.count === 0;
