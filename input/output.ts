import { get, isObject } from './glance.ts';
import { outputError } from './schema.ts';

/**
 * Checks a merged output against `schemas/output.schema.json`.
 * @returns the first thing that is wrong, in words for people who look for the bug behind it;
 * undefined if nothing is
 */
export function checkOutput(output: unknown): string | undefined {
  if (!Array.isArray(output)) return 'the output is not a list';
  const entries: readonly unknown[] = output;
  for (const [index, entry] of entries.entries()) {
    const error = entryError(entry);
    if (error !== undefined) return `entry ${index + 1} of the output: ${error}`;
  }
  return undefined;
}

/** Answer by answer, as in `schemaErrors`: a long list is not checked in one piece. */
function entryError(entry: unknown): string | undefined {
  const recv = get(entry, 'recv');
  const answers: readonly unknown[] = Array.isArray(recv) ? recv : [];
  const head = isObject(entry) && Array.isArray(recv) ? { ...entry, recv: [] } : entry;
  const error = outputError('entry', head);
  if (error !== undefined) return error;
  for (const [index, answer] of answers.entries()) {
    const wrong = outputError('answer', answer);
    if (wrong !== undefined) return `answer ${index + 1}: ${wrong}`;
  }
  return undefined;
}
