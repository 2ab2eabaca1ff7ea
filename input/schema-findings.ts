import type { Path } from './document.ts';
import type { Finding } from './finding.ts';
import { keyOf, type SchemaError } from './schema.ts';
import { suggestedKey, wordsOf } from './schema-words.ts';

/**
 * The findings that the errors of one part stand for.
 * @param subject whom the errors are about: `customer 2`
 * @param path what leads to the part
 */
export function findingsOf(
  errors: readonly SchemaError[],
  subject: string,
  path: Path,
): readonly Finding[] {
  return errors
    .filter((error) => !follows(error, errors))
    .map((error) => {
      const { message, advice } = wordsOf(error);
      const isWhole = error.keyword === 'type' && keyOf(error) === undefined;
      return {
        ...partOf(error, path),
        message: `${subject}${isWhole ? '' : ':'} ${message}`,
        advice,
      };
    });
}

/** Whether an error goes away with another one: one mistake is told once. */
function follows(error: SchemaError, errors: readonly SchemaError[]): boolean {
  const key = keyOf(error);
  switch (error.keyword) {
    case 'required':
      return errors.some(
        (other) =>
          other.keyword === 'additionalProperties' &&
          suggestedKey(other) === error.params.missingProperty,
      );
    case 'minimum':
    case 'maximum':
      return errors.some((other) => other.keyword === 'type' && keyOf(other) === key);
    case 'type':
    case 'enum':
    case 'additionalProperties':
      return false;
  }
}

function partOf(error: SchemaError, path: Path): Pick<Finding, 'path' | 'part'> {
  if (error.keyword === 'additionalProperties')
    return { path: [...path, error.params.additionalProperty], part: 'key' };
  const key = keyOf(error);
  return { path: key === undefined ? path : [...path, key], part: 'value' };
}
