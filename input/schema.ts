import { validators } from './generated/validators.ts';

/** The parts of an input file that are checked, each by a schema of its own. */
export type InputPart = 'file' | 'process' | 'event' | 'fault';
/** The parts of an output file. */
export type OutputPart = 'entry' | 'answer';

/** Where a value does not follow its schema. These are all the keywords that the schemas use. */
export type SchemaError =
  | UnknownKeyError
  | (Where & {
      readonly keyword: 'required';
      readonly params: { readonly missingProperty: string };
    })
  | (Where & { readonly keyword: 'type'; readonly params: { readonly type: string } })
  | (Where & { readonly keyword: 'enum'; readonly params: { readonly allowedValues: unknown[] } })
  | (Where & {
      readonly keyword: 'minimum' | 'maximum';
      readonly params: { readonly limit: number };
    });

export interface UnknownKeyError extends Where {
  readonly keyword: 'additionalProperties';
  readonly params: { readonly additionalProperty: string };
}

interface Where {
  /** JSON pointer from the part that was checked to the wrong value: `/money`, or nothing. */
  readonly instancePath: string;
  /** The wrong value. */
  readonly data: unknown;
  /** The schema that has the keyword. */
  readonly parentSchema: unknown;
}

/** The key of the part whose value is wrong; undefined if it is the part itself. */
export function keyOf({ instancePath }: SchemaError): string | undefined {
  const key = instancePath.split('/')[1];
  return key?.replaceAll('~1', '/').replaceAll('~0', '~');
}

interface Validator<Part> {
  (value: unknown): boolean;
  /** What the last call found. */
  errors?: readonly Part[] | null;
}

/**
 * All errors of one part. Check a long list element by element, each as a part of its own: ajv
 * joins the errors of a list in a time that grows with their square.
 */
export function schemaErrors(part: InputPart, value: unknown): readonly SchemaError[] {
  const validate: Validator<SchemaError | Condition> = validators[part];
  if (validate(value)) return [];
  return (validate.errors ?? []).filter((error) => error.keyword !== 'if');
}

/** Says only that the errors beside it come from a part of the schema that has a condition. */
interface Condition {
  readonly keyword: 'if';
}

/** What is wrong with a part of the output, in the schema's terms; undefined if nothing is. */
export function outputError(part: OutputPart, value: unknown): string | undefined {
  const validate: Validator<{ instancePath: string; keyword: string; params: object }> =
    validators[part];
  if (validate(value)) return undefined;
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, keyword, params }) =>
      `${instancePath} ${keyword} ${JSON.stringify(params)}`.trim(),
    )
    .join('; ');
}
