import type { Fault } from '../bank/faults.ts';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import { checkFaultFile, checkInput, type Checked } from './check.ts';
import type { Document, Parsed } from './document.ts';
import type { Flaw } from './flaw.ts';
import { parseJson } from './json.ts';
import { type InputFileName, loadText, type LoadFailure } from './load.ts';
import { placed } from './place.ts';
import type { Problem } from './problem.ts';
import { Source } from './source.ts';

/** Why a file gave nothing. The first three mean that it could not be read, the others that it is wrong. */
export type ReadFailureReason =
  | 'missing'
  | 'directory'
  | 'unreadable'
  | 'empty'
  | 'syntax'
  | 'too-large'
  | 'rules';

export interface ReadFailure {
  readonly ok: false;
  readonly reason: ReadFailureReason;
  /** The first `limits.problemsShown`, in the order of the file. */
  readonly problems: readonly Problem[];
  /** How many more there are; counting ends at `limits.problemsCounted`. */
  readonly more: number;
}

/** A file that was read and found right. */
export interface Read<Value> {
  readonly ok: true;
  readonly value: Value;
  readonly warnings: readonly Problem[];
  /** The text of the file, as it was read. */
  readonly text: string;
}

/** Reads and checks an input file. */
export const readScenario = (file: InputFileName): Promise<Read<Scenario> | ReadFailure> =>
  readChecked(file, checkInput);

/** Reads and checks a file of faults, which are to strike the scenario. */
export const readFaults = (
  file: InputFileName,
  scenario: Scenario,
): Promise<Read<readonly Fault[]> | ReadFailure> =>
  readChecked(file, (value) => checkFaultFile(value, scenario));

async function readChecked<Value>(
  file: InputFileName,
  check: (value: unknown) => Checked<Value>,
): Promise<Read<Value> | ReadFailure> {
  const loaded = await loadText(file);
  if (!loaded.ok) return loadFailure(file.name, loaded);
  const source = new Source(file.name, loaded.text);
  const parsed = await parse(file.path, loaded.text);
  if (!parsed.ok) return parseFailure(source, parsed);
  return concluded(source, parsed.document, check(parsed.document.value));
}

function concluded<Value>(
  source: Source,
  document: Document,
  checked: Checked<Value>,
): Read<Value> | ReadFailure {
  const { flaws } = document;
  if (checked.ok && flaws.count === 0) {
    const warnings = problemsOf(source, placed(document, source, checked.warnings));
    return { ok: true, value: checked.value, warnings, text: source.text };
  }
  const findings = checked.ok ? [] : checked.findings.items;
  const problems = problemsOf(source, [...flaws.items, ...placed(document, source, findings)]);
  const count = flaws.count + (checked.ok ? 0 : checked.findings.count);
  return { ok: false, reason: 'rules', problems, more: count - problems.length };
}

/** Told by the extension, otherwise by the first character that means something. */
async function parse(path: string, text: string): Promise<Parsed> {
  const extension = /\.(json|ya?ml)$/i.exec(path)?.[1]?.toLowerCase();
  const json =
    extension === undefined ? /^[\s\ufeff]*(?:[[{"]|$)/.test(text) : extension === 'json';
  if (json) return parseJson(text);
  const { parseYaml } = await import('./yaml.ts');
  return parseYaml(text);
}

function loadFailure(file: string, failure: LoadFailure): ReadFailure {
  if (failure.reason === 'syntax') {
    const problem = new Source(file, failure.text).problem(failure.flaw);
    return { ok: false, reason: 'syntax', problems: [problem], more: 0 };
  }
  const { reason, message, advice } = failure;
  return { ok: false, reason, problems: [{ file, message, advice }], more: 0 };
}

function parseFailure(source: Source, failure: Exclude<Parsed, { ok: true }>): ReadFailure {
  const { reason } = failure;
  if (reason === 'empty') {
    const problem = { file: source.name, message: 'the file is empty', advice: emptyAdvice };
    return { ok: false, reason, problems: [problem], more: 0 };
  }
  const { items, more } = failure.flaws;
  return { ok: false, reason, problems: problemsOf(source, items), more };
}

const emptyAdvice = 'Write a list of processes: [ { "id": 1, "type": "branch", "balance": 400 } ].';

/** In the order of the file, and no more than a person wants to see. */
const problemsOf = (source: Source, flaws: readonly Flaw[]): readonly Problem[] =>
  flaws
    .toSorted((a, b) => a.start - b.start)
    .slice(0, limits.problemsShown)
    .map((flaw) => source.problem(flaw));
