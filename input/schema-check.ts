import type { Path } from './document.ts';
import type { Finding, Findings } from './finding.ts';
import { eventName, isObject, meantType, type ProcessGlance, processName } from './glance.ts';
import { type InputPart, type SchemaError, schemaErrors } from './schema.ts';
import { findingsOf } from './schema-findings.ts';
import { describe } from './schema-words.ts';
import { suggest } from './suggest.ts';

/** The file itself, without what is in its lists. */
export function checkHead(file: unknown, findings: Findings): void {
  if (Array.isArray(file)) return;
  const root = { path: [], part: 'value' } as const;
  if (!isObject(file)) findings.add({ ...root, ...listWords(describe(file)) });
  else if (!Object.keys(file).some((key) => suggest(key, ['processes'])))
    findings.add({ ...root, ...objectWords(file) });
  else {
    const head = emptied(emptied(file, 'processes'), 'faults');
    checkPart('file', head, () => ({ subject: 'the file', path: [] }), findings);
  }
}

type Words = Pick<Finding, 'message' | 'advice'>;

const listWords = (found: string): Words => ({
  message: `the file must hold a list of processes, not ${found}`,
  advice: 'Write [ { "id": 1, "type": "branch", "balance": 400 } ], for example.',
});

function objectWords(file: Readonly<Record<string, unknown>>): Words {
  if ('type' in file || 'id' in file)
    return {
      message: 'the file holds one process, not a list',
      advice: 'Put [ before it and ] behind it.',
    };
  return {
    message: 'the file holds an object without processes',
    advice: 'Write the list alone, [ ... ], or { "processes": [ ... ], "faults": [ ... ] }.',
  };
}

/** One process and its events. */
export function checkProcess(process: ProcessGlance, findings: Findings): void {
  const about = (): About => ({ subject: processName(process), path: process.path });
  checkPart('process', emptied(process.value, 'events'), about, findings);
  for (const [index, event] of process.events.entries()) {
    if (findings.isEnough) return;
    const aboutEvent = (): About => ({
      subject: eventName(process, event, index),
      path: [...process.path, 'events', index],
    });
    checkPart('event', event, aboutEvent, findings);
  }
}

/** The value with an empty list in place of a full one, whose elements are checked one by one. */
function emptied(value: unknown, key: string): unknown {
  return isObject(value) && Array.isArray(value[key]) ? { ...value, [key]: [] } : value;
}

/** Whom an error is about, and what leads there; asked only when there is one. */
interface About {
  readonly subject: string;
  readonly path: Path;
}

/** Checks a part that is no list, or whose lists are empty. */
export function checkPart(
  part: InputPart,
  value: unknown,
  about: () => About,
  findings: Findings,
): void {
  const errors = schemaErrors(part, value);
  if (errors.length === 0) return;
  const { subject, path } = about();
  for (const finding of findingsOf(withMeantKind(part, value, errors), subject, path))
    findings.add(finding);
}

/** The key of each part that says of what kind it is, and so which rules apply to the rest. */
const kindKeys: Partial<Record<InputPart, string>> = {
  process: 'type',
  event: 'interface',
  fault: 'fault',
};

/** If the kind is wrong but clear enough, the rest is checked as if it were right. */
function withMeantKind(
  part: InputPart,
  value: unknown,
  errors: readonly SchemaError[],
): readonly SchemaError[] {
  const key = kindKeys[part];
  const wrong = errors.find((error) => isAboutKind(error, key));
  if (key === undefined || wrong === undefined || !isObject(value)) return errors;
  const meant = meantKind(wrong, value);
  return meant === undefined ? errors : [wrong, ...schemaErrors(part, { ...value, [key]: meant })];
}

function isAboutKind(error: SchemaError, key: string | undefined): boolean {
  if (error.keyword === 'enum') return error.instancePath === `/${key}`;
  return error.keyword === 'required' && error.params.missingProperty === key;
}

function meantKind(
  wrong: SchemaError,
  value: Readonly<Record<string, unknown>>,
): string | undefined {
  if (wrong.keyword === 'enum' && typeof wrong.data === 'string')
    return suggest(wrong.data, wrong.params.allowedValues.map(String));
  const { missingProperty } = wrong.keyword === 'required' ? wrong.params : {};
  return missingProperty === 'type' ? meantType(value) : undefined;
}
