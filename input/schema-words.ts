import { moneyMax } from '../bank/limits.ts';
import type { Finding } from './finding.ts';
import { get, meantType } from './glance.ts';
import { keyOf, type SchemaError, type UnknownKeyError } from './schema.ts';
import { suggest } from './suggest.ts';
import { alternatives, enumeration, quoted, thousands } from './words.ts';

/** What an error of the schema means for the person who wrote the file. */

/** What to add for a key that is missing; every key that the schemas ask for is here. */
export const samples: ReadonlyMap<string, string> = new Map([
  ['balance', '"balance": 400'],
  ['branch', '"branch": 1, the id of the branch that is struck'],
  ['delayMs', '"delayMs": 200, in milliseconds'],
  ['entry', '"entry": 1, the place of the customer among the customers of the file'],
  ['event', '"event": 1, how many events were answered before the fault strikes'],
  ['events', '"events": [{ "id": 1, "interface": "query" }]'],
  ['fault', '"fault": "kill-branch"'],
  ['faults', '"faults": [ ... ]'],
  ['from', '"from": 1, the id of the branch that sends'],
  ['id', '"id": 1, or another whole number that is free'],
  ['interface', '"interface": "query", "deposit" or "withdraw"'],
  ['fault.interface', '"interface": "propagate_deposit", or another one between branches'],
  ['message', '"message": 1, for the first message of its kind'],
  ['money', '"money": 170, the amount in whole units'],
  ['processes', '"processes": [ ... ]'],
  ['resumeAfterMs', '"resumeAfterMs": 500, in milliseconds'],
  ['to', '"to": 2, the id of the branch that receives'],
  ['type', '"type": "customer" or "type": "branch"'],
  ['update', '"update": 1, for the first time that the moment comes'],
  ['updates', '"updates": 2, how many updates are answered elsewhere meanwhile'],
  ['when', '"when": "after-record"'],
]);

/** Names that earlier editions of the assignment used for `type`. */
const olderTypes: ReadonlyMap<unknown, string> = new Map([
  ['client', 'customer'],
  ['bank', 'branch'],
]);

type Words = Pick<Finding, 'message' | 'advice'>;

/** What is wrong, without saying with whom, and what to write instead. */
export function wordsOf(error: SchemaError): Words {
  const key = keyOf(error);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      return missingKey(error.params.missingProperty, error.data);
    case 'type':
      return wrongType(key, error.params.type, error.data);
    case 'enum':
      return unknownWord(key ?? '', error.params.allowedValues.map(String), error.data);
    case 'minimum':
      return {
        message: `${key} must be at least ${error.params.limit}, not ${String(error.data)}`,
        advice: `Write a whole number of at least ${error.params.limit}.`,
      };
    case 'maximum':
      return tooLarge(key ?? '', error.params.limit);
  }
}

const allowedKeys = ({ parentSchema }: UnknownKeyError): readonly string[] =>
  Object.keys(get(parentSchema, 'properties') ?? {});

/** The key that was probably meant, unless it is there as well. */
export function suggestedKey(error: UnknownKeyError): string | undefined {
  const free = allowedKeys(error).filter((key) => get(error.data, key) === undefined);
  return suggest(error.params.additionalProperty, free);
}

function unknownKey(error: UnknownKeyError): Words {
  const meant = suggestedKey(error);
  const allowed = allowedKeys(error);
  return {
    message: `unknown key ${quoted(error.params.additionalProperty)}`,
    advice:
      meant === undefined
        ? `Remove it; the keys here are ${enumeration(allowed)}.`
        : `Did you mean "${meant}"?`,
  };
}

function missingKey(key: string, owner: unknown): Words {
  const type = key === 'type' ? meantType(owner) : undefined;
  if (type !== undefined) return { message: 'type is missing', advice: `Add "type": "${type}".` };
  const ofFault = get(owner, 'fault') === undefined ? undefined : samples.get(`fault.${key}`);
  const sample = ofFault ?? samples.get(key) ?? `"${key}"`;
  return { message: `${key} is missing`, advice: `Add ${sample}.` };
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['integer', 'a whole number'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

function wrongType(key: string | undefined, type: string, value: unknown): Words {
  const wanted = typeNames.get(type) ?? type;
  const message = `${key === undefined ? '' : `${key} `}must be ${wanted}, not ${describe(value)}`;
  const number = typeof value === 'string' ? Number(value.replaceAll(/[\s,_']/g, '')) : NaN;
  if (type === 'integer' && value !== '' && Number.isSafeInteger(number))
    return {
      message,
      advice: `Write ${number}${value === `${number}` ? ', without quotes' : ''}.`,
    };
  const sample = key === undefined ? undefined : samples.get(key);
  if (type === 'integer') return { message, advice: 'Write a whole number, in digits alone.' };
  return {
    message,
    advice: sample === undefined ? `Write ${wanted}, { ... }.` : `Write ${sample}.`,
  };
}

function unknownWord(key: string, allowed: readonly string[], value: unknown): Words {
  const older = key === 'type' ? olderTypes.get(value) : undefined;
  if (older !== undefined)
    return {
      message: `the type ${quoted(String(value))} is a name of an older format`,
      advice: `Write "type": "${older}".`,
    };
  const meant = typeof value === 'string' ? suggest(value, allowed) : undefined;
  const all = alternatives(allowed.map((name) => `"${name}"`));
  if (typeof value !== 'string')
    return { message: `${key} must be a text, not ${describe(value)}`, advice: `Write ${all}.` };
  return {
    message: `unknown ${key} ${quoted(value)}`,
    advice: meant === undefined ? `Write ${all}.` : `Did you mean "${meant}"?`,
  };
}

function tooLarge(key: string, limit: number): Words {
  if (limit === moneyMax)
    return {
      message: `${key} is larger than ${moneyMax} (2^53 - 1), where numbers stop being exact`,
      advice: `Write a whole number up to ${moneyMax}.`,
    };
  return {
    message: `${key} is larger than ${thousands(limit)}`,
    advice: `Write a whole number up to ${limit}.`,
  };
}

/** A value in words; never more than a few, however large it is. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
