import type { Fault } from '../bank/faults.ts';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import { checkFaults, targetsIn, targetsOf } from './fault-rules.ts';
import type { Finding, Findings } from './finding.ts';
import { FirstFew } from './flaw.ts';
import { type Glance, glanceAt } from './glance.ts';
import { checkRules, orderWarning } from './rules.ts';
import { checkHead, checkProcess } from './schema-check.ts';
import { describe } from './schema-words.ts';
import { type InputFile, scenarioOf } from './shape.ts';
import { checkSize } from './size.ts';

/** A parsed value that is right, with remarks, or everything that is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly findings: Findings };

/** Checks the value of an input file. */
export function checkInput(file: unknown): Checked<Scenario> {
  const findings = new FirstFew<Finding>(limits.problemsShown);
  const glance = glanceAt(file);
  checkHead(file, findings);
  checkLists(glance, findings);
  if (!isInput(file, findings)) return { ok: false, findings };
  const warning = orderWarning(glance.processes);
  return { ok: true, value: scenarioOf(file), warnings: warning === undefined ? [] : [warning] };
}

function checkLists(glance: Glance, findings: Findings): void {
  const { path, processes, faults } = glance;
  if (path === undefined || !checkSize(processes, path, findings)) return;
  for (const process of processes) checkProcess(process, findings);
  checkRules(processes, path, findings);
  checkFaults({ faults, path: ['faults'] }, targetsIn(processes), findings);
}

/** Checks the value of a file of faults, which strike a scenario that is known already. */
export function checkFaultFile(file: unknown, scenario: Scenario): Checked<readonly Fault[]> {
  const findings = new FirstFew<Finding>(limits.problemsShown);
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
